# Makes a tagged PDF of the page on stdin, within limits and without fetching
# anything. Arguments: file to write, bytes of memory, seconds of computing.
import resource
import sys

resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]), int(sys.argv[3])))

from weasyprint import HTML, default_url_fetcher


def refuse(url, *args, **kwargs):
    """Pictures lie inside the page as data; nothing else is fetched, neither
    from the network nor from this machine's files."""
    if url.startswith("data:image/"):
        return default_url_fetcher(url)
    raise ValueError("refused: " + url[:80])


page = HTML(string=sys.stdin.buffer.read().decode("utf-8"), url_fetcher=refuse, base_url="about:blank")
try:
    page.write_pdf(sys.argv[1], pdf_variant="pdf/ua-1")
except TypeError:  # WeasyPrint before 59
    page.write_pdf(sys.argv[1], variant="pdf/ua-1")
