"""How mail programs quote and forward: header blocks and "wrote" lines in several languages.

``{S}`` and ``{R}`` are names, ``{SA}`` and ``{RA}`` their addresses; no header names them.
"""

from __future__ import annotations

SENDER, RECIPIENT = "Oksana Brevik", "Tomas Wexley"
NAMES = {
    "S": SENDER,
    "R": RECIPIENT,
    "SA": "oksana.brevik@mail.example",
    "RA": "tomas.wexley@home.example",
}
_LABELS = {  # From, Sent, To, Cc, Subject
    "English": ("From", "Sent", "To", "Cc", "Subject"),
    "German": ("Von", "Gesendet", "An", "Cc", "Betreff"),
    "French": ("De", "Envoyé", "À", "Cc", "Objet"),
    "French, spaced": ("De ", "Envoyé ", "À ", "Cc ", "Objet "),
    "Spanish": ("De", "Enviado", "Para", "CC", "Asunto"),
    "Italian": ("Da", "Inviato", "A", "Cc", "Oggetto"),
    "Dutch": ("Van", "Verzonden", "Aan", "CC", "Onderwerp"),
    "Portuguese": ("De", "Enviado", "Para", "Cc", "Assunto"),
    "Brazilian": ("De", "Enviada em", "Para", "Cc", "Assunto"),
    "German, Mail": ("Von", "Datum", "An", "Kopie", "Betreff"),
    "French, Mail": ("De", "Date", "À", "Cc", "Objet"),
    "Spanish, Mail": ("De", "Fecha", "Para", "Cc", "Asunto"),
    "Italian, Mail": ("Da", "Data", "A", "Cc", "Oggetto"),
}
_ABROAD = {  # known to the models only
    "Polish": ("Od", "Wysłano", "Do", "DW", "Temat"),
    "Swedish": ("Från", "Skickat", "Till", "Kopia", "Ämne"),
    "Danish": ("Fra", "Sendt", "Til", "Cc", "Emne"),
    "Norwegian": ("Fra", "Sendt", "Til", "Kopi", "Emne"),
    "Finnish": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Kopio", "Aihe"),
    "Czech": ("Od", "Odesláno", "Komu", "Kopie", "Předmět"),
    "Hungarian": ("Feladó", "Elküldve", "Címzett", "Másolatot kap", "Tárgy"),
    "Romanian": ("De la", "Trimis", "Către", "Cc", "Subiect"),
    "Turkish": ("Kimden", "Gönderildi", "Kime", "Bilgi", "Konu"),
    "Greek": ("Από", "Στάλθηκε", "Προς", "Κοιν.", "Θέμα"),
    "Russian": ("От", "Отправлено", "Кому", "Копия", "Тема"),
}
_SHAPES = {
    "Outlook": "{f}: {{S}} <{{SA}}>\n{s}: 2 Nov 2026\n{t}: {{R}} <{{RA}}>\n{j}: hello\n\nok\n",
    "Outlook, copies": "{f}: {{S}} <{{SA}}>\n{s}: 2 November 2026\n{t}: {{R}} <{{RA}}>\n"
    "{c}: {{R}}; {{S}}\n{j}: hello\n\nok\n",
    "names alone": "{f}: {{S}}\n{s}: 2 November 2026\n{t}: {{R}}\n{j}: hello\n\nok\n",
    "quoted": "> {f}: {{S}} <{{SA}}>\n> {s}: 2 Nov 2026\n> {t}: {{R}} <{{RA}}>\n> {j}: hello\n",
}  # fmt: skip
REPLIES = {
    "Gmail": "On Mon, 2 Nov 2026 at 09:14, {S} <{SA}> wrote:\n> see",
    "Gmail, US": "On Mon, Nov 2, 2026 at 9:14 AM {S} <{SA}> wrote:\n> see",
    "Apple Mail": "On 2 Nov 2026, at 09:14, {S} <{SA}> wrote:\n\n> see",
    "Apple Mail, name": "On 2 Nov 2026, at 09:14, {S} wrote:\n\n> see",
    "Thunderbird": "On 02/11/2026 09:14, {S} wrote:\n> see",
    "Yahoo": "On Monday, 2 November 2026 at 09:14:50 GMT, {S} <{SA}> wrote: \n\nsee",
    "Apple Mail, German": "Am 02.11.2026 um 09:14 schrieb {S} <{SA}>:\n> see",
    "Thunderbird, German": "Am 02.11.2026 um 09:14 schrieb {S}:\n> see",
    "Gmail, French": "Le lun. 2 nov. 2026 à 09:14, {S} <{SA}> a écrit :\n> see",
    "Thunderbird, French": "Le 02/11/2026 à 09:14, {S} a écrit :\n> see",
    "Gmail, Spanish": "El lun, 2 nov 2026 a las 9:14, {S} (<{SA}>) escribió:\n> see",
    "Thunderbird, Spanish": "El 2/11/26 a las 9:14, {S} escribió:\n> see",
    "Gmail, Italian": "Il giorno lun 2 nov 2026 alle ore 09:14 {S} <{SA}> ha scritto:\n> see",
    "Thunderbird, Italian": "Il 02/11/2026 09:14, {S} ha scritto:\n> see",
    "Gmail, Dutch": "Op ma 2 nov 2026 om 09:14 schreef {S} <{SA}>:\n> see",
    "Thunderbird, Dutch": "Op 02-11-2026 om 09:14 schreef {S}:\n> see",
    "Gmail, Brazilian": "Em seg., 2 de nov. de 2026 às 09:14, {S} <{SA}> escreveu:\n> see",
    "nested": ">> On 2 Nov 2026, at 09:14, {S} wrote:\n>> see\n> ok",
    "Gmail forward": "---------- Forwarded message ---------\nFrom: *{S}* <{SA}>\n"
    "Date: Mon, 2 Nov 2026 at 09:14\nSubject: hello\nTo: {R} <{RA}>\n\nsee",
    "Apple forward": "Begin forwarded message:\n\nFrom: {S} <{SA}>\nSubject: hello\n"
    "Date: 2 November 2026 at 09:14:50 GMT\nTo: {R} <{RA}>\n\nsee",
    "Thunderbird forward": "-------- Forwarded Message --------\nSubject: \thello\n"
    "Date: \tMon, 2 Nov 2026 09:14:50 +0000\nFrom: \t{S} <{SA}>\nTo: \t{R} <{RA}>\n\nsee",
    "Thunderbird forward, German": "-------- Weitergeleitete Nachricht --------\n"
    "Betreff: \thello\nDatum: \tMon, 2 Nov 2026\nVon: \t{S} <{SA}>\nAn: \t{R} <{RA}>\n\nsee",
    "Outlook original": "-----Original Message-----\nFrom: {S} [mailto:{SA}]\n"
    "Sent: 02 November 2026 09:14\nTo: {R}\nSubject: hello\n\nsee",
    "Outlook capitals": "-----Original Message-----\nFrom: BREVIK, Oksana (HR)\n"
    "Sent: 02 November 2026 09:14\nTo: WEXLEY Tomas\nSubject: hello\n\nsee",
    "Outlook, on behalf": "From: {S} <{SA}> On Behalf Of {R}\nSent: 02 November 2026\n"
    "To: all@x.example\nSubject: hello\n\nsee",
    "GMX": 'Von: "{S}" <{SA}>\nAn: "{R}" <{RA}>\nBetreff: hello\n\nsee',
}


def _blocks(labels: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        f"{shape}, {language}": text.format(**dict(zip("fstcj", words, strict=True))).format(
            **NAMES
        )
        for language, words in labels.items()
        for shape, text in _SHAPES.items()
    }


BLOCKS = _blocks(_LABELS) | {name: text.format(**NAMES) for name, text in REPLIES.items()}
ABROAD = _blocks(_ABROAD)
