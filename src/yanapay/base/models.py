"""The vocabulary of the search index, with spellings that leave out one letter; how often tables changed."""

from django.db import models


class SearchWord(models.Model):
    """A folded word that stands in some indexed text. Words are never forgotten, except by erasure."""

    word = models.CharField(max_length=60, primary_key=True)
    frequency = models.BigIntegerField(default=1)

    class Meta:
        db_table = "base_search_word"


class SearchVariant(models.Model):
    """A word with one letter left out. Two words one typing error apart share a variant or are one."""

    variant = models.CharField(max_length=60)
    word = models.CharField(max_length=60)

    class Meta:
        db_table = "base_search_variant"
        constraints = [
            models.UniqueConstraint(fields=["variant", "word"], name="base_variant_once")
        ]


class Change(models.Model):
    """How often a table changed, for whoever keeps something made of it; triggers write it (``CountChanges``).

    ``latest`` is the transaction that counted last, on PostgreSQL.
    """

    changed = models.CharField(max_length=60, primary_key=True)
    number = models.BigIntegerField()
    latest = models.BigIntegerField()

    class Meta:
        db_table = "base_change"
