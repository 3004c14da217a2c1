"""Tagged PDF (PDF/UA-1, PDF/A-3a) over open-source reportlab; nothing else imports reportlab.

Importing this package first closes the doors through which reportlab runs code from the home folder
or the search path, and mends reportlab's faults. Structure is in structure.py, painting in canvas.py.
"""

from evidencemap.brief.tagged.sealed import seal

seal()

from evidencemap.brief.tagged.faults import mend  # noqa: E402

mend()
