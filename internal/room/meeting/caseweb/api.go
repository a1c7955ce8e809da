package caseweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

type apiGetIn struct {
	ID string `path:"id" doc:"The case's id"`
}

// apiCase is a case in JSON. Of a case that is proposed closed it has the neutral
// title and the ground; what a document's ground holds back is not there.
type apiCase struct {
	ID         string         `json:"id"`
	Number     string         `json:"number" doc:"Archive number, 2020/10212"`
	Kind       string         `json:"kind"`
	Title      string         `json:"title"`
	State      string         `json:"state"`
	Body       apiBody        `json:"body"`
	Closed     bool           `json:"closed" doc:"The secretariat proposes closed doors; the body decides"`
	Ground     string         `json:"ground,omitempty" doc:"The rule of kommuneloven that is proposed"`
	Treatments []apiTreatment `json:"treatments"`
	Documents  []apiDocument  `json:"documents"`
	Paper      *apiPaper      `json:"paper,omitempty" doc:"As issued last"`
}

type apiBody struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

type apiTreatment struct {
	Body   apiBody    `json:"body"`
	Number string     `json:"number,omitempty"`
	Date   clock.Date `json:"date"`
	Result string     `json:"result"`
	Text   string     `json:"text,omitempty"`
}

type apiDocument struct {
	Number string     `json:"number"`
	Letter string     `json:"letter"`
	Title  string     `json:"title,omitempty" doc:"Empty for one that is held back"`
	Date   clock.Date `json:"date"`
	Ground string     `json:"ground,omitempty" doc:"The rule of offentleglova that holds it back"`
}

type apiPaper struct {
	Version  int          `json:"version"`
	IssuedAt clock.Time   `json:"issued_at"`
	Officer  string       `json:"officer"`
	Sections []apiSection `json:"sections"`
	Figures  []apiFigure  `json:"figures"`
}

type apiSection struct {
	Heading string `json:"heading"`
	Text    string `json:"text"`
}

type apiFigure struct {
	Mark   string     `json:"mark"`
	Value  string     `json:"value"`
	AsOf   clock.Date `json:"as_of"`
	Source string     `json:"source"`
}

type apiGetOut struct{ Body apiCase }

func (p *pages) apiGet(ctx context.Context, actor access.Actor, in *apiGetIn) (*apiGetOut, error) {
	c, err := meeting.ParseCaseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := p.Cases.Get(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	out := apiCase{ID: string(d.ID), Number: d.Number.String(), Kind: string(d.Kind), Title: d.Title, State: string(d.State), Body: apiBody{string(d.Body), d.BodyName}, Closed: d.Closed,
		Treatments: make([]apiTreatment, 0, len(d.Treatments)), Documents: make([]apiDocument, 0, len(d.Documents))}
	if g, ok := casework.GroundOf(casework.MeetingGrounds(), d.Ground); ok {
		out.Ground = g.Section
	}
	for _, t := range d.Treatments {
		out.Treatments = append(out.Treatments, apiTreatment{apiBody{string(t.Body), t.BodyName}, t.Number, t.Day, string(t.Result), t.Told})
	}
	if d.Sight != casework.Neutral {
		for _, x := range d.Documents {
			doc := apiDocument{Number: d.Number.String() + "-" + itoa(x.Nr), Letter: string(x.Letter), Title: x.Title, Date: x.Day}
			if g, ok := casework.GroundOf(casework.DocumentGrounds(), x.Ground); ok {
				doc.Ground = g.Section
			}
			out.Documents = append(out.Documents, doc)
		}
	}
	if d.Issued != nil {
		out.Paper = apiPaperOf(*d.Issued)
	}
	return &apiGetOut{out}, nil
}

func apiPaperOf(v casepaper.Version) *apiPaper {
	out := &apiPaper{Version: v.Nr, IssuedAt: v.At, Officer: v.Frozen.Officer, Sections: []apiSection{}, Figures: []apiFigure{}}
	for _, s := range v.Frozen.Sections {
		if s.Words != "" {
			out.Sections = append(out.Sections, apiSection{s.Heading, s.Words})
		}
	}
	for _, mark := range v.Frozen.Marks() {
		f := v.Frozen.Figures[mark]
		out.Figures = append(out.Figures, apiFigure{mark, f.Value, f.AsOf, f.Source})
	}
	return out
}
