"""The storage services on the wire, as unmodified SDK clients speak to them: Blob, Queue and Table REST.

Shapes, codes and limits: the services' REST reference at learn.microsoft.com/rest/api/storageservices.
"""
