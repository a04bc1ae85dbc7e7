"""What open pages are told: changes as they are committed, and who looks at what.

Both tables are unlogged: they are about this moment, cost no WAL, and are empty after a crash, upon
which every page reads itself anew. `xid` is the transaction that wrote a row: by it a reader finds
everything committed since an earlier snapshot, also what was begun long before (live/changes.py).
"""

from django.db import migrations

TABLES = """
CREATE UNLOGGED TABLE live_change (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    case_id bigint,
    about bigint,
    detail text NOT NULL DEFAULT ''
);
CREATE INDEX live_change_xid ON live_change (xid);
CREATE INDEX live_change_at ON live_change (at);
CREATE UNLOGGED TABLE live_presence (
    stream uuid PRIMARY KEY,
    case_id bigint NOT NULL,
    user_id bigint NOT NULL,
    writes boolean NOT NULL DEFAULT false,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX live_presence_case ON live_presence (case_id);
"""

TRIGGERS = """
CREATE FUNCTION live_tell_case() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO live_change (kind, case_id, about, detail) VALUES ('case', NEW.subject_id,
        CASE WHEN jsonb_typeof(NEW.changes -> 'item') = 'number'
            THEN (NEW.changes ->> 'item')::bigint END, NEW.kind);
    RETURN NULL;
END
$body$;
CREATE TRIGGER live_tell_case AFTER INSERT ON core_auditentry
    FOR EACH ROW WHEN (NEW.subject_kind = 'case') EXECUTE FUNCTION live_tell_case();

CREATE FUNCTION live_tell_bells() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO live_change (kind, about, detail)
    SELECT DISTINCT 'bell', recipient_id, CASE TG_OP WHEN 'INSERT' THEN 'new' ELSE '' END
    FROM changed;
    RETURN NULL;
END
$body$;
CREATE TRIGGER live_tell_new_bells AFTER INSERT ON notices_notice
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION live_tell_bells();
CREATE TRIGGER live_tell_read_bells AFTER UPDATE ON notices_notice
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION live_tell_bells();
CREATE TRIGGER live_tell_lost_bells AFTER DELETE ON notices_notice
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION live_tell_bells();
"""

BACK = """
DROP TRIGGER live_tell_case ON core_auditentry;
DROP TRIGGER live_tell_new_bells ON notices_notice;
DROP TRIGGER live_tell_read_bells ON notices_notice;
DROP TRIGGER live_tell_lost_bells ON notices_notice;
DROP FUNCTION live_tell_case();
DROP FUNCTION live_tell_bells();
DROP TABLE live_presence, live_change;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("notices", "0001_initial")]

    operations = [migrations.RunSQL(TABLES + TRIGGERS, BACK)]
