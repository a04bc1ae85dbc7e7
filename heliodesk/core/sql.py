"""Small helpers for migrations that write SQL which Django's models cannot say."""

from __future__ import annotations

from django.db import migrations


def trigger(
    name: str, table: str, when: str, body: str, *, deferred: bool = False
) -> migrations.RunSQL:
    """A trigger function and its trigger, both called `name`.

    `when` is such as `BEFORE INSERT OR UPDATE` ; `body` is PL/pgSQL between BEGIN and END.
    Deferred ones are constraint triggers which run at the end of the transaction.
    """
    kind = "CONSTRAINT TRIGGER" if deferred else "TRIGGER"
    timing = "DEFERRABLE INITIALLY DEFERRED " if deferred else ""
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
        {body}
        END
        $body$;
        CREATE {kind} {name} {when} ON {table} {timing}
        FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def breach(name: str, message: str) -> str:
    """PL/pgSQL that refuses as a named constraint would."""
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def reference(
    name: str, table: str, columns: str, target: str, target_columns: str
) -> migrations.RunSQL:
    """A named foreign key over several columns, checked at the end of the transaction."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) "
        f"REFERENCES {target} ({target_columns}) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
