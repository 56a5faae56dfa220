"""Rows are destroyed: they were not anonymous (docs/overviews.md). Plans, periods and figures come in their place, and
with PostgreSQL a schema of its own for the counters."""

import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

COUNTERS = """
CREATE SCHEMA haven_counters;
CREATE TABLE haven_counters.counter (plan uuid, period text, tab text, cell text, value integer NOT NULL,
    PRIMARY KEY (plan, period, tab, cell));
CREATE TABLE haven_counters.ends (plan uuid, period text, last_day date NOT NULL, PRIMARY KEY (plan, period));
CREATE TABLE haven_counters.done (batch uuid PRIMARY KEY);

CREATE FUNCTION haven_counters.is_open(a_plan uuid, a_period text, a_tab text, a_cell text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = haven_counters, pg_temp AS $$
    SELECT EXISTS (SELECT FROM counter
        WHERE plan = a_plan AND period = a_period AND tab = a_tab AND cell = a_cell)
$$;

CREATE FUNCTION haven_counters.open(a_plan uuid, a_period text, a_tab text, a_cell text, draw integer, until date)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = haven_counters, pg_temp AS $$
BEGIN
    INSERT INTO ends VALUES (a_plan, a_period, until) ON CONFLICT DO NOTHING;
    INSERT INTO counter VALUES (a_plan, a_period, a_tab, a_cell, draw) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION haven_counters.add(a_batch uuid, plans uuid[], periods text[], tabs text[], cells text[], times integer[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = haven_counters, pg_temp AS $$
BEGIN
    INSERT INTO done VALUES (a_batch) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE counter SET value = value + more.times
        FROM unnest(plans, periods, tabs, cells, times) AS more (plan, period, tab, cell, times)
        WHERE counter.plan = more.plan AND counter.period = more.period AND counter.tab = more.tab
            AND counter.cell = more.cell AND more.times > 0;
END $$;

CREATE FUNCTION haven_counters.read_ended(a_plan uuid, a_period text)
RETURNS TABLE (tab text, cell text, value integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = haven_counters, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ends WHERE plan = a_plan AND period = a_period AND last_day >= current_date) THEN
        RAISE insufficient_privilege USING MESSAGE = 'An open counter cannot be read.';
    END IF;
    RETURN QUERY SELECT c.tab, c.cell, c.value FROM counter c WHERE c.plan = a_plan AND c.period = a_period;
END $$;

CREATE FUNCTION haven_counters.destroy(a_plan uuid, a_period text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = haven_counters, pg_temp AS $$
    DELETE FROM counter WHERE plan = a_plan AND period = a_period
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA haven_counters FROM PUBLIC;
"""


def open_a_place(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(COUNTERS, params=None)


def id_() -> tuple[str, Any]:
    return ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False))


def of_period(name: str) -> tuple[str, Any]:
    to, away = "register.period", django.db.models.deletion.PROTECT
    return ("period", models.ForeignKey(on_delete=away, related_name=name, to=to))


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Row"),
        migrations.CreateModel(
            name="Plan",
            fields=[
                id_(),
                ("year", models.PositiveSmallIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                ("epsilon", models.FloatField()),
                ("document", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("proposed_on", models.DateField()),
                ("frozen_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("year", "version"), name="plan_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("frozen_on__isnull", False)), fields=("year",), name="plan_frozen_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                id_(),
                ("label", models.CharField(max_length=6)),
                ("anew_on", models.DateField(null=True)),
                ("frozen_on", models.DateField(null=True)),
                ("manifest", models.CharField(blank=True, max_length=64)),
                ("signature", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="register.plan"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("plan", "label"), name="period_once")]},
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                id_(),
                ("table", models.CharField(max_length=40)),
                ("cell", models.CharField(max_length=200)),
                ("shown", models.PositiveIntegerField(null=True)),
                of_period("figures"),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("period", "table", "cell"), name="figure_once")]},
        ),
        migrations.CreateModel(
            name="ReleaseAudit",
            fields=[
                id_(),
                ("passed", models.CharField(max_length=20)),
                ("run_on", models.DateField()),
                of_period("audits"),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("period", "passed"), name="audit_once")]},
        ),
        migrations.RunPython(open_a_place, migrations.RunPython.noop),
    ]
