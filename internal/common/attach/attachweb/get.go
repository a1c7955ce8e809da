package attachweb

import (
	"mime"
	"net/http"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/web"
)

// policy lets a file do nothing in the browser: it has no origin, runs nothing,
// fetches nothing and is framed by nobody.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

// get gives out a file, whole or in part. Whether the reader may see it is asked
// each time, also when he has the file already.
func (p *pages) get(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	version, err := attach.ParseVersionID(r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	v, content, err := p.Attach.Open(r.Context(), actor, version)
	if err != nil {
		return err
	}
	defer content.Close()
	if r.PathValue("name") != v.Name {
		return web.SeeOther(w, r, attachview.Href(v))
	}
	kind := "attachment"
	if v.IsShown() {
		kind = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", v.Media)
	h.Set("Content-Disposition", mime.FormatMediaType(kind, map[string]string{"filename": v.Name}))
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+v.SHA256+`"`)
	// Parts of a file are parts of it as it is; packed it would be another one.
	h.Set("No-Gzip-Compression", "1")
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}
