package caseweb

import (
	"io"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/archive"
	"kompetansetorg/internal/room/meeting/casework"
)

// archive is the case as a package for an archive, with what its reader may read.
func (p *pages) archive(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	paper, err := p.keptPaper(r, actor)
	if err != nil {
		return err
	}
	files, err := p.keptFiles(r, actor, d)
	if err != nil {
		return err
	}
	t := p.door.Texts.Printer(i18n.NB) // the language of the records
	pkg := archive.Maker{System: t.T("site.name"), Now: p.Clock.Now(), T: t}.Case(d, paper, files)
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+pkg.Name+`.zip"`)
	w.Header().Set("Cache-Control", "no-store")
	return pkg.Write(w)
}

// keptPaper is the paper as issued last, for who may read it; empty when there is none.
func (p *pages) keptPaper(r *http.Request, actor access.Actor) ([]archive.File, error) {
	issued, err := p.paper(r, actor)
	if fault.Is(err, fault.NotFound) {
		return []archive.File{}, nil
	}
	if err != nil {
		return nil, err
	}
	ending, mime, data, err := p.Shelf.Whole(r, issued.Document)
	if err != nil {
		return nil, err
	}
	return []archive.File{archive.Made(issued.File+"."+ending, mime, data)}, nil
}

// keptFiles are the files of each document that the reader may read.
func (p *pages) keptFiles(r *http.Request, actor access.Actor, d casework.Detail) (map[casework.DocumentID][]archive.File, error) {
	out := map[casework.DocumentID][]archive.File{}
	for _, doc := range d.Documents {
		if doc.Held() {
			continue
		}
		list, err := p.Attach.List(r.Context(), actor, object.Ref{Kind: casework.DocumentKind, ID: string(doc.ID)})
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, f := range list.Documents {
			v := f.Newest()
			out[doc.ID] = append(out[doc.ID], archive.File{Called: v.Name, Media: v.Media, Size: v.Size, SHA256: v.SHA256, Open: p.opener(r, actor, v)})
		}
	}
	return out, nil
}

func (p *pages) opener(r *http.Request, actor access.Actor, v attach.Version) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		_, content, err := p.Attach.Open(r.Context(), actor, v.ID)
		return content, err
	}
}
