package attachweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/web"
)

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
	attachview.Serve(w, r, v, content, attachview.Ask)
	return nil
}
