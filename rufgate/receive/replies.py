"""Every reply the SMTP server can give, in one table.

In:  nothing.
Out: ``Reply``; ``line`` is what goes on the wire.
SECURITY: the texts are constants. Nothing a client sent, and nothing of an exception, is in one.
FAILS: never.
"""

from __future__ import annotations

from enum import Enum


class Reply(Enum):
    """(code of RFC 5321, enhanced code of RFC 3463 and 5248, text). Texts tell members apart."""

    # Success and intermediate replies. 354 has no enhanced code: RFC 2034 section 3.
    START_TLS = (220, "2.0.0", "Ready to start TLS")
    HELP = (214, "2.0.0", "This server takes DMARC failure reports; see RFC 5321")
    BYE = (221, "2.0.0", "Goodbye")
    OK = (250, "2.0.0", "Message accepted")
    FLUSHED = (250, "2.0.0", "Flushed")
    NOTHING_DONE = (250, "2.0.0", "Nothing done")
    SENDER_OK = (250, "2.1.0", "Sender accepted")
    CLIENT_NOTED = (250, "2.0.0", "Client noted")
    RECIPIENT_OK = (250, "2.1.5", "Recipient accepted")
    CANNOT_VERIFY = (252, "2.5.2", "Cannot verify, but will take mail for known recipients")
    GO_AHEAD = (354, "", "End data with <CR><LF>.<CR><LF>")

    # The session ends with each of these.
    SHUTDOWN = (421, "4.3.2", "Service is shutting down, try again later")
    TOO_MANY_SESSIONS = (421, "4.3.2", "Too many connections, try again later")
    TOO_MANY_FROM_CLIENT = (421, "4.7.0", "Too many connections from your address")
    TOO_MANY_FROM_NETWORK = (421, "4.7.0", "Too many connections from your network")
    TOO_MANY_ERRORS = (421, "4.7.0", "Too many errors")
    TOO_MANY_COMMANDS = (421, "4.7.0", "Too many commands without a message")
    LATE_HEADER = (421, "4.7.0", "The PROXY header came after the greeting")
    DATA_FLOOD = (421, "4.7.0", "Far more data than the size limit")
    IDLE = (421, "4.4.2", "Waited too long for a command")
    DATA_TOO_SLOW = (421, "4.4.2", "Waited too long for the end of the message")
    SESSION_TOO_LONG = (421, "4.4.2", "The session lasted too long")

    # Try again later.
    RATE_LIMITED = (450, "4.7.1", "Too much mail in too short a time, try again later")
    TRY_LATER = (451, "4.3.0", "Temporary trouble here, try again later")
    OVERLOADED = (451, "4.3.2", "Temporarily overloaded, try again later")
    RELAY_UNREACHABLE = (451, "4.4.1", "The next server does not take the message now")
    STORE_FULL = (452, "4.3.1", "No room at the moment, try again later")
    TOO_MANY_RECIPIENTS = (452, "4.5.3", "Too many recipients")
    MIXED_RECIPIENTS = (452, "4.5.3", "Send mail to postmaster and reports separately")
    TLS_UNAVAILABLE = (454, "4.7.0", "TLS is not available")

    # Permanent.
    UNKNOWN_COMMAND = (500, "5.5.1", "Unknown command")
    BAD_COMMAND_LINE = (500, "5.5.2", "Malformed command line")
    COMMAND_TOO_LONG = (500, "5.5.2", "Command line too long")
    BARE_NEWLINE_COMMAND = (500, "5.5.2", "Command lines end with CR LF, goodbye")
    LINE_TOO_LONG = (500, "5.5.2", "The message has a line that is too long")
    BAD_ARGUMENT = (501, "5.5.4", "Syntax error in the argument")
    NOT_IMPLEMENTED = (502, "5.5.1", "Command not implemented")
    BAD_SEQUENCE = (503, "5.5.1", "Commands in the wrong order")
    TLS_REQUIRED = (530, "5.7.0", "Must issue a STARTTLS command first")
    NO_SUCH_RECIPIENT = (550, "5.1.1", "No such recipient here")
    BARE_NEWLINE_DATA = (550, "5.5.2", "The message has a bare CR or LF")
    NO_RELAY = (550, "5.7.1", "Relaying is refused")
    REPORTER_NOT_LISTED = (550, "5.7.1", "Reports are taken from known reporters only")
    RELAY_REFUSED = (550, "5.0.0", "The next server refused the message")
    TOO_BIG = (552, "5.3.4", "The message is over the size limit")
    BAD_RECIPIENT = (553, "5.1.3", "Malformed recipient address")
    BAD_SENDER = (553, "5.1.7", "Malformed sender address")
    NOT_ASCII = (553, "5.6.7", "Non-ASCII address without SMTPUTF8")
    LOOP = (554, "5.4.6", "Mail loop")
    UNKNOWN_PARAMETER = (555, "5.5.4", "Parameter not recognized or not implemented")

    @property
    def code(self) -> int:
        """The three digits."""
        return self.value[0]

    @property
    def enhanced(self) -> str:
        """The enhanced status code, "" for 354."""
        return self.value[1]

    @property
    def line(self) -> str:
        """The reply without its line end."""
        code, enhanced, text = self.value
        return f"{code} {enhanced} {text}" if enhanced else f"{code} {text}"

    @property
    def ends_session(self) -> bool:
        """Is the connection closed after it? (RFC 5321 sections 3.8 and 4.1.1.10)."""
        return self.code in (221, 421) or self is Reply.BARE_NEWLINE_COMMAND

    @property
    def is_error(self) -> bool:
        """Does it count towards the limit of errors in a session?"""
        return self.code >= 500
