-- Of what went to a customer for a complaint it was not told who bears the risk: it is looked at once more.
update shipment set risk_version = null where state #> '{requested,cure}' is not null and risk_version is not null;
