package oeapi

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
)

// Builder puts a batch together of what a reader found, in the order that it was
// found; offerings come under their programmes. Readers of other forms of file say
// what they found in the words of the standard.
type Builder struct {
	batch batch.Batch
	at    map[string]int // index of the programme by its id
	named map[string]int // how many offerings have been given the id here
}

// NewBuilder makes a builder of an empty batch.
func NewBuilder(source string, provider org.ID, publish bool) *Builder {
	return &Builder{batch: batch.Batch{Source: source, Provider: provider, Publish: publish}, at: map[string]int{}, named: map[string]int{}}
}

// Batch is what was put together.
func (b *Builder) Batch() batch.Batch {
	slices.Sort(b.batch.Skipped)
	b.batch.Skipped = slices.Compact(b.batch.Skipped)
	return b.batch
}

// IsEmpty reports whether nothing was found, not even what is refused.
func (b *Builder) IsEmpty() bool { return len(b.batch.Programmes) == 0 }

// Skip notes the kinds of a thing that is neither a programme nor an offering.
func (b *Builder) Skip(kinds ...string) { b.batch.Skipped = append(b.batch.Skipped, kinds...) }

// Refuse adds a programme, or what should have been one, that cannot be taken in; its
// offerings are not taken in either. The id may be empty.
func (b *Builder) Refuse(row int, id string, err error) {
	b.programme(row, cmp.Or(id, "#"+strconv.Itoa(row)), "", func(*offer.Programme) error { return err })
}

// Programme adds a programme.
func (b *Builder) Programme(row int, p Programme) {
	into := b.programme(row, p.ID, fromTexts(p.Name).String(), p.fill)
	if p.Ext.Own != nil {
		into.Provider = p.Ext.Own.Provider
	}
}

// programme adds a programme. One that is there already stands twice: the batch tells so when
// it is put in.
func (b *Builder) programme(row int, id, title string, fill func(*offer.Programme) error) *batch.Programme {
	into := &b.batch.Programmes[b.index(row, id)]
	if into.Fill != nil && into.Row != row {
		b.batch.Programmes = append(b.batch.Programmes, batch.Programme{SourceID: id})
		into = &b.batch.Programmes[len(b.batch.Programmes)-1]
	}
	into.Row, into.Title, into.Fill = row, cmp.Or(title, into.Title), fill
	return into
}

// Offering adds an offering of the programme that it names. One without an id of
// its own is known again by the day it starts: what stands before it in the file may
// be gone the next time.
func (b *Builder) Offering(row int, o Offering) {
	if o.ID == "" {
		o.ID = o.ProgrammeID + "#" + o.Start[:min(len(o.Start), len("2006-01-02"))]
		b.named[o.ID]++
		if n := b.named[o.ID]; n > 1 {
			o.ID += "#" + strconv.Itoa(n)
		}
	}
	into := &b.batch.Programmes[b.index(row, o.ProgrammeID)]
	into.Offerings = append(into.Offerings, batch.Offering{Row: row, SourceID: o.ID, State: stateOf(o.State), Fill: o.fill})
}

// index is where the programme stands in the batch; it is made when it is not
// there yet.
func (b *Builder) index(row int, id string) int {
	i, ok := b.at[id]
	if !ok {
		i = len(b.batch.Programmes)
		b.at[id] = i
		b.batch.Programmes = append(b.batch.Programmes, batch.Programme{Row: row, SourceID: id, Title: id})
	}
	return i
}

// kind tells a programme from an offering.
type kind struct {
	Offering  string `json:"programmeOfferingId"`
	Programme string `json:"programmeId"`
}

func (b *Builder) add(row int, item json.RawMessage) error {
	var k kind
	if err := json.Unmarshal(item, &k); err != nil {
		return Unreadable(row, err)
	}
	switch {
	case k.Offering != "":
		var o Offering
		if err := json.Unmarshal(item, &o); err != nil {
			return Unreadable(row, err)
		}
		if o.Programme != nil {
			b.Programme(row, *o.Programme)
		}
		b.Offering(row, o)
	case k.Programme != "":
		var p Programme
		if err := json.Unmarshal(item, &p); err != nil {
			return Unreadable(row, err)
		}
		b.Programme(row, p)
	default:
		return fault.New(fault.Invalid, "supply.error.json_kind", "row", row)
	}
	return nil
}

func stateOf(s string) offer.State {
	if slices.Contains(offer.States(), offer.State(s)) {
		return offer.State(s)
	}
	return ""
}
