package elm

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/oeapi"
)

// document is what a file may look like: a catalogue of ours, one programme or offering, or
// a graph of nodes in any order.
type document struct {
	Graph        []json.RawMessage `json:"@graph"`
	Achievements []json.RawMessage `json:"kt:catalogue"`
}

// has reports whether one of the types is one of those named.
func (w words) has(names ...string) bool {
	return slices.ContainsFunc(w, func(s string) bool {
		return slices.Contains(names, strings.TrimPrefix(strings.TrimPrefix(s, namespace), "elm:"))
	})
}

// Read makes a batch of a document. Rows are numbered from 1 in its order. The error is a
// fault about the file as a whole; what is wrong with a single programme or offering
// becomes a refused line.
func Read(data []byte, source string, provider org.ID, publish bool) (batch.Batch, error) {
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		return batch.Batch{}, fault.Wrap(fault.Invalid, "supply.error.json", err, "row", 0)
	}
	nodes := append(d.Achievements, d.Graph...)
	if len(nodes) == 0 {
		nodes = []json.RawMessage{data}
	}
	var file struct {
		Programmes []oeapi.Programme `json:"programmes"`
		Offerings  []oeapi.Offering  `json:"programmeOfferings"`
	}
	for i, node := range nodes {
		var k struct {
			Type words `json:"@type"`
		}
		var a Achievement
		var o Opportunity
		err := json.Unmarshal(node, &k)
		switch {
		case err != nil:
		case k.Type.has(typeOpportunity):
			if err = json.Unmarshal(node, &o); err == nil {
				file.Offerings = append(file.Offerings, o.offering())
			}
		case k.Type.has(typeAchievement, typeQualification):
			if err = json.Unmarshal(node, &a); err == nil {
				p := a.programme()
				file.Programmes = append(file.Programmes, p)
				for _, o := range a.Opportunities {
					x := o.offering()
					x.ProgrammeID = p.ID
					file.Offerings = append(file.Offerings, x)
				}
			}
		}
		if err != nil {
			return batch.Batch{}, fault.Wrap(fault.Invalid, "supply.error.json", err, "row", i+1)
		}
	}
	if len(file.Programmes)+len(file.Offerings) == 0 {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.json_empty")
	}
	out, err := json.Marshal(file)
	if err != nil {
		return batch.Batch{}, fault.Wrap(fault.Invalid, "supply.error.json", err, "row", 0)
	}
	return oeapi.Read(out, source, provider, publish)
}

// programme is the achievement in the words of OEAPI.
func (a Achievement) programme() oeapi.Programme {
	out := oeapi.Programme{ID: notation(a.Identifier, a.ID), Type: "programme", Name: said(a.Title), Description: said(a.Description), TeachingLanguages: a.Languages,
		FieldsOfStudy: a.ISCED, Level: a.Level, ValidFrom: a.ValidFrom, ValidTo: a.ValidTo}
	if a.PrimaryCode != nil {
		out.PrimaryCode = *a.PrimaryCode
	}
	if a.Homepage != nil {
		out.Link = a.Homepage.ID
	}
	if a.EQF != nil {
		out.LevelOfQualification = "eqf_" + last(a.EQF.ID)
	}
	if a.Credit != nil {
		if n, err := strconv.ParseFloat(a.Credit.Point, 64); err == nil {
			out.StudyLoad = []oeapi.Load{{Unit: strings.ToLower(last(a.Credit.Framework)), Value: n}}
		}
	}
	if a.Requirement != nil {
		out.AdmissionRequirements = said(a.Requirement.Literal)
	}
	if a.Own == nil && len(a.Outcomes) == 0 {
		return out
	}
	own := oeapi.ProgrammeExt{NKR: nkr(out.LevelOfQualification), Code: out.PrimaryCode.Code}
	if a.Own != nil {
		own = *a.Own
	}
	for _, o := range a.Outcomes {
		own.LearningOutcomes = append(own.LearningOutcomes, said(o.Title))
	}
	out.Ext.Own = &own
	return out
}

// nkr is the Norwegian level of a European one, where there is only one that fits.
func nkr(eqf string) string {
	switch n := strings.TrimPrefix(eqf, "eqf_"); n {
	case "2", "3", "7", "8":
		return n
	}
	return ""
}

// offering is the opportunity in the words of OEAPI.
func (o Opportunity) offering() oeapi.Offering {
	out := oeapi.Offering{ID: notation(o.Identifier, o.ID), Name: said(o.Title)}
	if o.Achievement != nil {
		out.ProgrammeID = last(o.Achievement.ID)
	}
	if o.Temporal != nil {
		out.Start, out.End = o.Temporal.Start, o.Temporal.End
	}
	for _, p := range o.Prices {
		kind := p.For
		if kind == "" {
			kind = "total_costs"
		}
		out.Prices = append(out.Prices, oeapi.Cost{Type: kind, Amount: p.Amount.Value, Currency: last(p.Amount.Unit)})
	}
	if o.Rest == nil {
		if o.Homepage != nil {
			out.Link = o.Homepage.ID
		}
		return out
	}
	r := *o.Rest
	out.State, out.ModesOfDelivery, out.Min, out.Max, out.Enrolled, out.Pending, out.Link = r.State, r.Modes, r.Min, r.Max, r.Enrolled, r.Pending, r.Link
	out.FlexibleFrom, out.FlexibleTo, out.EnrolmentPeriods = r.FlexibleFrom, r.FlexibleTo, r.EnrolmentPeriods
	if r.Ext != nil {
		ext := *r.Ext
		ext.Deadline = o.Deadline
		out.Ext.Own = &ext
	}
	return out
}

// notation is the identifier, or the last part of the node's address when it has none.
func notation(i Identifier, id string) string {
	if i.Notation != "" {
		return i.Notation
	}
	return last(id)
}

// last is the last part of an address, or the word when it is none.
func last(address string) string {
	address = strings.TrimRight(address, "/#")
	return address[strings.LastIndexAny(address, "/#")+1:]
}

func said(list Texts) []oeapi.Text {
	out := make([]oeapi.Text, len(list))
	for i, t := range list {
		out[i] = oeapi.Text{Language: t.Language, Value: t.Value}
	}
	return out
}
