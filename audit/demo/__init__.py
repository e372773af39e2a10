"""The bundled demo: an invented department with three subordinate units, served on loopback."""

from audit.demo.estate import build
from audit.demo.faults import LOOKALIKES, PLANTED
from audit.demo.records import Answer, DemoEstate, DemoSite, Planted
from audit.demo.server import Serving, serve

__all__ = [
    "LOOKALIKES", "PLANTED", "Answer", "DemoEstate", "DemoSite", "Planted", "Serving", "build",
    "serve",
]  # fmt: skip
