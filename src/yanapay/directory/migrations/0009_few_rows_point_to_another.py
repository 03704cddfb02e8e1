from django.db import migrations, models

#: (model, field, index of all rows as Django named it, index of those that point somewhere)
_LINKS = (
    ("organisation", "merged_into", "directory_organisation_merged_into_id_df81700d", "directory_org_merged"),
    ("person", "merged_into", "directory_person_merged_into_id_ea28f9be", "directory_person_merged"),
    ("observation", "replaced_by", "directory_observation_replaced_by_id_fe9d494c", "directory_observation_replaced"),
)  # fmt: skip


def _dropped(model: str, field: str, index: str) -> migrations.SeparateDatabaseAndState:
    """The index goes; the table is not made anew for it, which would cost SQLite its search triggers."""
    link = models.ForeignKey(
        blank=True, db_index=False, null=True, on_delete=models.PROTECT,
        related_name="replaces" if field == "replaced_by" else "+", to=f"directory.{model}",
    )  # fmt: skip
    back = f"CREATE INDEX {index} ON directory_{model} ({field}_id)"
    return migrations.SeparateDatabaseAndState(
        [migrations.RunSQL(f"DROP INDEX IF EXISTS {index}", back)],
        [migrations.AlterField(model, field, link)],
    )


def _partial(model: str, field: str, index: str) -> migrations.AddIndex:
    pointing = models.Q((f"{field}__isnull", False))
    return migrations.AddIndex(model, models.Index(condition=pointing, fields=[field], name=index))


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_consent_to_the_exact_point"),
    ]

    operations = [
        *(_dropped(model, field, old) for model, field, old, _ in _LINKS),
        *(_partial(model, field, new) for model, field, _, new in _LINKS),
    ]
