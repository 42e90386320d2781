from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr

from ..audience import offering_of_seen_q, offering_q
from ..vocabulary import icons
from .asset import Asset, Layer


def in_language(names):
    """Return the name in the language in use, else in Danish."""
    return names.get((get_language() or "da")[:2]) or names["da"]


class GiftGroup(models.Model):
    """A family of gifts, such as food and growing."""

    class Kind(models.TextChoices):
        HEAD = "head", _("head")
        HANDS = "hands", _("hands")
        HEART = "heart", _("heart")
        COMMUNITY = "community", _("community")

    code = models.CharField(max_length=5, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    names = models.JSONField(help_text='{"da": …, "en": …}')

    class Meta:
        verbose_name = _("group of gifts")
        verbose_name_plural = _("groups of gifts")
        ordering = ["pk"]

    def __str__(self):
        return in_language(self.names)

    @property
    def icon(self):
        return icons().get(self.code, "")


class GiftManager(models.Manager):
    def by_word(self):
        """Return {folded name or synonym, in any language: gift}, to recognise what was typed."""
        return {fold(word): gift for gift in self.all() for word in gift.words()}


class Gift(models.Model):
    """Something people can do or share, under a code that holds across languages."""

    code = models.CharField(max_length=10, unique=True)
    group = models.ForeignKey(GiftGroup, models.PROTECT, related_name="gifts")
    names = models.JSONField(help_text='{"da": …, "en": …}')
    synonyms = models.JSONField(default=dict, blank=True, help_text='{"da": [ … ], "en": [ … ]}')
    with_children = models.BooleanField(_("may mean contact with children"), default=False)
    licensed = models.BooleanField(_("a trade partly reserved for licensed firms"), default=False)
    sensitive = models.BooleanField(_("can reveal origin, religion or health"), default=False)

    objects = GiftManager()

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["pk"]

    def __str__(self):
        return in_language(self.names)

    @property
    def icon(self):
        """A picture to stand beside the words; a gift that an administrator added has none."""
        return icons().get(self.code, "")

    def words(self):
        """Return every name and synonym in every language."""
        return [
            *self.names.values(),
            *(word for words in self.synonyms.values() for word in words),
        ]


class OfferingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(offering_q(user))

    def plain(self):
        """Those told openly: they can reveal nothing of anybody, and wait for nobody."""
        return self.filter(reveals=False, waiting=False)

    def of_seen(self, user, assets):
        """Those of some assets that the user may see; `assets` come from visible_to(user)."""
        return self.filter(offering_of_seen_q(user), asset__in=assets.order_by().values("pk"))


class Offering(models.Model):
    """A gift that an asset has, or wishes for, and how."""

    class Mode(models.TextChoices):
        CAN = "can", _("can do it")
        TEACH = "teach", _("can teach it")
        LEARN = "learn", _("wants to learn it")
        JOIN = "join", _("would like to join in")

    GIVES = [Mode.CAN, Mode.TEACH]
    SEEKS = [Mode.LEARN, Mode.JOIN]

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="offerings")
    gift = models.ForeignKey(Gift, models.PROTECT, null=True, related_name="offerings")
    text = models.CharField(_("in own words"), max_length=150, blank=True, validators=[refuse_cpr])
    mode = models.CharField(_("how"), max_length=10, choices=Mode, default=Mode.CAN)
    note = models.CharField(_("note"), max_length=200, blank=True, validators=[refuse_cpr])
    times = models.CharField(_("when"), max_length=100, blank=True, validators=[refuse_cpr])
    proud = models.BooleanField(_("among the proudest"), default=False)
    reveals = models.BooleanField(default=False, editable=False)
    waiting = models.BooleanField(default=False, editable=False)  # for a coordinator to see it

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift or wish")
        verbose_name_plural = _("gifts and wishes")
        ordering = ["-proud", "pk"]
        indexes = [
            models.Index(fields=["gift", "mode", "asset"], name="offering_by_gift"),
            models.Index(fields=["asset"], condition=Q(waiting=True), name="offering_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                name="offering_gift_or_words",
                condition=Q(gift__isnull=False, text="") | Q(gift__isnull=True) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="offering_mode_known",
                condition=Q(mode__in=["can", "teach", "learn", "join"]),
            ),
            models.UniqueConstraint(
                fields=["asset", "gift", "mode"],
                name="offering_once",
                violation_error_message=_("This gift stands there already in the same way."),
            ),
        ]

    def __str__(self):
        return str(self.gift) if self.gift_id else self.text

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self):
        """Note whether the row could reveal something about a person; returns the offering."""
        sensitive = self.gift_id and self.gift.sensitive
        self.reveals = bool(sensitive and self.asset.layer == Layer.RESIDENT)
        return self

    @property
    def gives(self):
        return self.mode in self.GIVES

    @property
    def in_own_words(self):
        return bool(self.text or self.note or self.times)

    def words(self):
        return [*(self.gift.words() if self.gift_id else []), self.text, self.note]
