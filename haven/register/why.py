"""The sentences with which the register refuses."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY: Final[dict[str, str | Promise]] = {
    "frozen": _("The plan of this year is frozen. Whoever changed it now could see figures first and choose then."),
    "year_has_begun": _("The year has begun. A plan is declared before the first case of its time is counted."),
    "part_year_from_an_estimate": _("A plan for a part of a year is made from an estimate, and begins in that year."),
    "changed": _("This plan is not the one that was frozen: its text was changed. Nothing is published by it."),
    "noise": _("The chance numbers do not look as they have to. Nothing was opened; have the installation looked at."),
    "no_total": _("No total of a whole year was published before, or the year has begun: give an estimate."),
    "no_plan": _("There is no frozen plan for this time, so nothing was counted in it."),
    "not_a_period": _("The plan has no such period. What is not in the plan is never shown, also not for other days."),
    "not_over": _("This period is not over yet. Figures to date could be subtracted from those at the end."),
    "released": _("This period was released. It is never counted or shown anew: late cases go to the next period."),
    "second_person": _("You did the first half of this. It takes two people: ask a colleague to look, and to do this."),
    "not_closed": _("This period was not closed yet, so there is nothing to look at and release."),
    "altered": _("The figures or files are not those that were frozen. Nothing is released; have this looked into."),
    "lost": _("The counters of this period are not here: they are in no backup. Nothing can be told of it."),
    "unsolved": _("No figures that agree with each other were found, so nothing is published."),
    "not_in_the_plan": _("A figure is not in the plan, or one of the plan is missing. Nothing is published."),
    "shown_twice": _("The same figure would be shown with two values. Nothing is published."),
    "budget": _("Together these tables would tell more about a case than ε allows. Nothing is published."),
    "not_these_counters": _("The figures do not follow from the counters. Nothing is published."),
}
