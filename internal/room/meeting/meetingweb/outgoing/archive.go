package outgoing

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/archive"
	"kompetansetorg/internal/room/meeting/session/minutes"
)

// archive is the meeting as a package for an archive, with what its reader may read: the
// agenda as it was sent, the minutes as they were published, and the items.
func (p *pages) archive(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	var book *minutes.Printed
	if d.Recorded {
		rec, err := p.Minutes.Get(r.Context(), actor, d.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if len(rec.Versions) > 0 {
			book = &rec.Versions[0]
		}
	}
	agenda, err := p.kept(r, actor, p.agendaPaper)
	if err != nil {
		return err
	}
	protocol, err := p.kept(r, actor, p.bookPaper)
	if err != nil {
		return err
	}
	t := p.door.Texts.Printer(i18n.NB) // the language of the records
	pkg := archive.Maker{System: t.T("site.name"), Now: p.Clock.Now(), T: t}.Meeting(d, book, agenda, protocol)
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+pkg.Name+`.zip"`)
	w.Header().Set("Cache-Control", "no-store")
	return pkg.Write(w)
}

// kept is a paper of the meeting as a file; empty when there is none.
func (p *pages) kept(r *http.Request, actor access.Actor, make paperview.Maker) ([]archive.File, error) {
	made, err := make(r, actor)
	if fault.Is(err, fault.NotFound) {
		return []archive.File{}, nil
	}
	if err != nil {
		return nil, err
	}
	ending, mime, data, err := p.Shelf.Whole(r, made.Document)
	if err != nil {
		return nil, err
	}
	return []archive.File{archive.Made(made.File+"."+ending, mime, data)}, nil
}
