"""Pages of the site: Wagtail's tables come first."""

import django.db.models.deletion
from django.db import migrations, models


def _of_page() -> models.OneToOneField:
    return models.OneToOneField(
        auto_created=True,
        on_delete=django.db.models.deletion.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        to="wagtailcore.page",
    )


class Migration(migrations.Migration):
    """Three kinds of pages."""

    dependencies = (("wagtailcore", "__latest__"), ("wagtailsearch", "__latest__"))
    operations = tuple(
        migrations.CreateModel(
            name, [("page_ptr", _of_page()), *fields], bases=("wagtailcore.page",)
        )
        for name, fields in (
            ("FrontPage", []),
            ("ColumnPage", []),
            ("ArticlePage", [("day", models.DateField()), ("text", models.TextField())]),
        )
    )
