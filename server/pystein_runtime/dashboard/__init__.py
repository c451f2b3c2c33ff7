"""The dashboard: a page on the host's port, and the part of the admin API that it is made of.

`page.html` is built from `page/` by `npm run generate`.
"""
