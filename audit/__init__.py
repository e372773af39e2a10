"""duwang 读网: reads government sites, judges them against the norm, shows the evidence."""

__version__ = "0.1.0"
