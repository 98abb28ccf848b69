"""The crawler: polite, resumable, safe.

One request goes this way: `crawl` takes the next address of a round from `crawl_state`; `visitor` asks `robots`, waits for the turn
of the host (`turns`), follows redirects and tries again what may heal; `client` makes one request over `network`, which refuses
addresses that are not public and keeps the time. What came back is written to the raw archive before the next address is taken.
"""
