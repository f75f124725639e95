"""Services that send mail for others, by the domains under which they sign or take bounces.

Out: a name for a domain. Facts from the services' own setup pages; a service that is not on the
     list is only called by its domain.
"""

from __future__ import annotations

from typing import Final

_SERVICES: Final = {
    "Amazon SES": "amazonses.com",
    "Brevo": "sendinblue.com brevosend.com",
    "Campaign Monitor": "createsend.com cmail19.com cmail20.com",
    "Constant Contact": "constantcontact.com ccsend.com",
    "DocuSign": "docusign.net docusign.com",
    "Dotdigital": "dotmailer.com dotdigital-email.com",
    "Exclaimer": "exclaimer.net",
    "Freshdesk": "freshemail.io freshdesk.com",
    "Google Workspace": "gappssmtp.com",
    "GOV.UK Notify": "notifications.service.gov.uk",
    "Granicus govDelivery": "govdelivery.com granicus.com",
    "HubSpot": "hubspotemail.net hubspot.com",
    "Intuit Mailchimp": "mcsv.net mcdlv.net rsgsv.net mailchimpapp.net mandrillapp.com",
    "Iterable": "iterable.com",
    "Klaviyo": "klaviyomail.com",
    "Mailgun": "mailgun.org mailgun.net",
    "Mailjet": "mailjet.com",
    "Microsoft 365": "onmicrosoft.com",
    "Mimecast": "mimecast.com",
    "Oracle Eloqua": "eloqua.com en25.com",
    "Postmark": "postmarkapp.com mtasv.net",
    "Proofpoint": "pphosted.com",
    "Salesforce": "salesforce.com exacttarget.com mcsignup.com",
    "Sendgrid": "sendgrid.net sendgrid.com",
    "ServiceNow": "service-now.com",
    "SparkPost": "sparkpostmail.com",
    "SurveyMonkey": "surveymonkey.com",
    "Zendesk": "zendesk.com",
    "Zoho": "zcsend.net zohomail.com",
}
_BY_DOMAIN: Final = {
    domain: name for name, domains in _SERVICES.items() for domain in domains.split()
}


def service_of(domain: str) -> str | None:
    """The service that ``domain`` or a domain above it belongs to."""
    labels = domain.lower().split(".")
    names = (".".join(labels[at:]) for at in range(len(labels)))
    return next((_BY_DOMAIN[name] for name in names if name in _BY_DOMAIN), None)
