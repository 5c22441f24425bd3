"""The desk: reports, decisions with their reasons, complaints, rules, and the yearly figures."""
