package elm

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/jsonld"
	"kompetansetorg/internal/room/supply/oeapi"
)

// node is a thing of a document in the words of the model.
type node struct{ jsonld.Node }

// catalogue is the property in which a catalogue of ours has its programmes.
const catalogue = "kt:catalogue"

// Read makes a batch of a document: a catalogue of ours, one programme or offering, or a list
// or a graph of them in any order. Rows are numbered from 1 in its order. The error is a fault
// about the file as a whole; what is wrong with a single programme or offering becomes a
// refused line.
func Read(data []byte, source string, provider org.ID, publish bool) (batch.Batch, error) {
	if !json.Valid(data) {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.json", "row", 0)
	}
	r := reader{oeapi.NewBuilder(source, provider, publish), map[string]string{}}
	var offerings []found
	row := 0
	for _, x := range jsonld.Nodes(data, catalogue) {
		n := node{x}
		if n.Has("@graph", catalogue) {
			continue
		}
		row++
		switch {
		case n.Is(typeOpportunity):
			offerings = append(offerings, found{row, n, ""})
		case n.Is(typeAchievement, typeQualification):
			programme := r.programme(row, n)
			for _, o := range n.Things("kt:learningOpportunity") {
				offerings = append(offerings, found{row, node{o}, programme})
			}
		default:
			r.Skip(n.Types()...)
		}
	}
	for _, o := range offerings {
		r.offering(o)
	}
	if r.IsEmpty() {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.json_empty")
	}
	return r.Batch(), nil
}

// reader puts what it finds together. programmes are the ids of programmes by their nodes'.
type reader struct {
	*oeapi.Builder
	programmes map[string]string
}

// found is an offering that was found, under the programme with the id or by itself.
type found struct {
	row int
	node
	under string
}

// programme adds a programme and answers with its id, which it has also when it is refused.
func (r reader) programme(row int, n node) string {
	p, err := n.programme()
	id := cmp.Or(n.called(), n.Word("title"), "#"+strconv.Itoa(row))
	if at := n.Word("@id"); at != "" {
		r.programmes[at] = id
	}
	if p.ID = id; err != nil {
		r.Refuse(row, id, oeapi.Unreadable(row, err))
	} else {
		r.Programme(row, p)
	}
	return id
}

// offering adds an offering, and its programme where that stands in it and nowhere else.
func (r reader) offering(f found) {
	o, err := f.offering()
	if err != nil {
		r.Refuse(f.row, "", oeapi.Unreadable(f.row, err))
		return
	}
	of := f.Thing("learningAchievementSpecification")
	at := cmp.Or(of.Word("@id"), f.Word("learningAchievementSpecification"))
	o.ProgrammeID = cmp.Or(f.under, r.programmes[at])
	if o.ProgrammeID == "" && of.Has("title") {
		o.ProgrammeID = r.programme(f.row, node{of})
	}
	o.ProgrammeID = cmp.Or(o.ProgrammeID, at)
	r.Offering(f.row, o)
}

// own reads what the model has no property for, in the form that we write it; nil when
// there is none.
func own[T any](n node, key string) (*T, error) {
	if !n.Has(key) {
		return nil, nil
	}
	var out *T
	err := json.Unmarshal(n.Node[key], &out)
	return out, err
}

// programme is the achievement in the words of OEAPI.
func (n node) programme() (oeapi.Programme, error) {
	out := oeapi.Programme{Type: "programme", Name: n.Texts("title", ""), Description: n.Texts("description", ""), FieldsOfStudy: last(n.Word("ISCEDFCode")),
		AdmissionRequirements: n.Thing("entryRequirement").Texts("noteLiteral", ""), Link: n.page(), Level: n.Word("kt:level"), ValidFrom: n.Word("kt:validFrom"), ValidTo: n.Word("kt:validTo"),
		Outcomes: n.outcomes()}
	for _, l := range n.Words("language") {
		out.TeachingLanguages = append(out.TeachingLanguages, last(l))
	}
	if level := last(n.Word("EQFLevel")); level != "" {
		out.LevelOfQualification = "eqf_" + level
	}
	credit := n.Thing("creditPoint")
	if points, err := strconv.ParseFloat(credit.Word("point"), 64); err == nil {
		out.StudyLoad = []oeapi.Load{{Unit: strings.ToLower(last(credit.Word("framework"))), Value: points}}
	}
	code, err := own[oeapi.Code](n, "kt:primaryCode")
	if err != nil {
		return out, err
	}
	if code != nil {
		out.PrimaryCode = *code
	}
	if out.Ext.Own, err = own[oeapi.ProgrammeExt](n, "kt:programme"); out.Ext.Own != nil {
		out.Ext.Own.LearningOutcomes = out.Outcomes
	}
	return out, err
}

// outcomes are the titles of the outcomes.
func (n node) outcomes() [][]oeapi.Text {
	var out [][]oeapi.Text
	for _, o := range n.Things("learningOutcome") {
		out = append(out, o.Texts("title", ""))
	}
	return out
}

// offering is the opportunity in the words of OEAPI.
func (n node) offering() (oeapi.Offering, error) {
	period := n.Thing("temporal")
	out := oeapi.Offering{ID: n.called(), Name: n.Texts("title", ""), Start: period.Day("startDate"), End: period.Day("endDate")}
	for _, p := range n.Things("priceDetail") {
		unit := cmp.Or(p.Thing("amount").Word("unit"), p.Word("unit"))
		out.Prices = append(out.Prices, oeapi.Cost{Type: cmp.Or(p.Word("kt:costType"), "total_costs"), Amount: p.Word("amount"), Currency: last(unit)})
	}
	by := n.Day("applicationDeadline")
	r, err := own[Rest](n, "kt:offering")
	if r == nil || err != nil {
		out.Link, out.ApplyBy = n.page(), by
		return out, err
	}
	out.State, out.ModesOfDelivery, out.Min, out.Max, out.Enrolled, out.Pending, out.Link = r.State, r.Modes, r.Min, r.Max, r.Enrolled, r.Pending, r.Link
	out.FlexibleFrom, out.FlexibleTo, out.EnrolmentPeriods = r.FlexibleFrom, r.FlexibleTo, r.EnrolmentPeriods
	if out.Ext.Own = r.Ext; r.Ext != nil {
		r.Ext.Deadline = by
	}
	return out, nil
}

// called is the identifier, or the node's address when it has none.
func (n node) called() string {
	for _, i := range n.Things("identifier") {
		if w := i.Word("notation"); w != "" {
			return w
		}
	}
	return n.Address()
}

// page is the address of the homepage, as an address or as a thing that has it.
func (n node) page() string {
	return cmp.Or(n.Thing("homepage").Word("contentURL", "contentUrl"), n.Word("homepage"))
}

// last is the last part of an address, or the word when it is none.
func last(address string) string {
	address = strings.TrimRight(address, "/#")
	return address[strings.LastIndexAny(address, "/#")+1:]
}
