-- Once, by a superuser, in the database of Haven: psql -v application=haven -f counters_owner.sql
-- Afterwards the role of the application can open, add, and read a period that has ended; it cannot read an open counter.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'haven_counters_owner') THEN
        CREATE ROLE haven_counters_owner NOLOGIN;
    END IF;
END $$;
ALTER SCHEMA haven_counters OWNER TO haven_counters_owner;
ALTER TABLE haven_counters.counter OWNER TO haven_counters_owner;
ALTER TABLE haven_counters.ends OWNER TO haven_counters_owner;
ALTER TABLE haven_counters.done OWNER TO haven_counters_owner;
ALTER FUNCTION haven_counters.is_open OWNER TO haven_counters_owner;
ALTER FUNCTION haven_counters.open OWNER TO haven_counters_owner;
ALTER FUNCTION haven_counters.add OWNER TO haven_counters_owner;
ALTER FUNCTION haven_counters.read_ended OWNER TO haven_counters_owner;
ALTER FUNCTION haven_counters.destroy OWNER TO haven_counters_owner;
REVOKE ALL ON ALL TABLES IN SCHEMA haven_counters FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA haven_counters FROM PUBLIC;
GRANT USAGE ON SCHEMA haven_counters TO :"application";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA haven_counters TO :"application";
