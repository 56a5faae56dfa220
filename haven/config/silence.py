"""What goes to the log, and above all what does not (security.md 0.9, 4.1)."""

import logging.config
from typing import Any

from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter


class QuietReporter(ExceptionReporter):
    """Says which line failed. Never a local variable, a form, a header or an address."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"exception_type": getattr(self.exc_type, "__name__", "error")}

    def get_traceback_text(self) -> SafeString:
        return SafeString(f"{self.get_traceback_data()['exception_type']}\n")

    def get_traceback_html(self) -> SafeString:
        return self.get_traceback_text()


class QuietFormatter(logging.Formatter):
    """The place of an error, not its words: the message of an exception may hold what somebody wrote."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  the name of the standard library
        kind, _error, trace = ei
        lines = []
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*lines, f"  {kind.__name__}"])


def configure(_settings: object) -> None:
    """Warnings and worse, on standard error, without times of requests and without addresses."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"quiet": {"()": QuietFormatter, "format": "{levelname} {name}: {message}", "style": "{"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "django": {"handlers": []},  # those Django begins with would mail whole requests to administrators
                "django.request": {"level": "ERROR"},
                "django.security.csrf": {"level": "CRITICAL"},
                "haven": {"level": "INFO"},
            },
        }
    )
