package oeapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
)

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 10 << 20

// file is what a file may look like: a page of a list, or programmes and
// offerings under their own names. A bare list counts as items.
type file struct {
	Items              []json.RawMessage `json:"items"`
	Programmes         []json.RawMessage `json:"programmes"`
	ProgrammeOfferings []json.RawMessage `json:"programmeOfferings"`
	Offerings          []json.RawMessage `json:"offerings"`
}

// kind tells a programme from an offering.
type kind struct {
	Offering  string `json:"programmeOfferingId"`
	Programme string `json:"programmeId"`
}

// IsJSON reports whether a file is JSON by its first sign.
func IsJSON(head []byte) bool {
	t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	return len(t) > 0 && (t[0] == '{' || t[0] == '[')
}

// Read makes a batch of a file: a page or list of programmes or offerings, a
// single one, or an object with programmes and programmeOfferings. Rows are
// numbered from 1 in the order of the file. The error is a fault about the file
// as a whole; what is wrong with a single one becomes a refused line.
func Read(data []byte, source string, provider org.ID, publish bool) (batch.Batch, error) {
	b := batch.Batch{Source: source, Provider: provider, Publish: publish}
	if len(data) > MaxFile {
		return b, fault.New(fault.TooLarge, "supply.error.json_size", "max", MaxFile>>20)
	}
	items, err := split(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	if err != nil {
		return b, err
	}
	r := batchReader{batch: &b, at: map[string]int{}}
	for i, item := range items {
		if err := r.add(i+1, item); err != nil {
			b.Programmes = append(b.Programmes, batch.Programme{Row: i + 1, SourceID: fmt.Sprintf("#%d", i+1), Title: fmt.Sprintf("#%d", i+1),
				Fill: func(*offer.Programme) error { return err }})
		}
	}
	if len(b.Programmes) == 0 {
		return b, fault.New(fault.Invalid, "supply.error.json_empty")
	}
	return b, nil
}

// split gives the programmes and offerings of a file, one by one.
func split(data []byte) ([]json.RawMessage, error) {
	if t := bytes.TrimLeft(data, " \t\r\n"); len(t) > 0 && t[0] == '[' {
		var items []json.RawMessage
		if err := strict(data, &items); err != nil {
			return nil, unreadable(0, err)
		}
		return items, nil
	}
	var f file
	if err := strict(data, &f); err != nil {
		return nil, unreadable(0, err)
	}
	items := slices.Concat(f.Programmes, f.Items, f.ProgrammeOfferings, f.Offerings)
	if len(items) == 0 {
		return []json.RawMessage{data}, nil
	}
	return items, nil
}

// strict reads one JSON value and nothing after it.
func strict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

// unreadable says that the file, or the item with the number, is not what the
// standard says. The parser's words are for the log.
func unreadable(row int, err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fault.Wrap(fault.Invalid, "supply.error.json_field", err, "row", row, "field", wrong.Field)
	}
	return fault.Wrap(fault.Invalid, "supply.error.json", err, "row", row)
}

// batchReader puts offerings under their programmes.
type batchReader struct {
	batch *batch.Batch
	at    map[string]int // index of the programme by its id
}

func (r *batchReader) add(row int, item json.RawMessage) error {
	var k kind
	if err := json.Unmarshal(item, &k); err != nil {
		return unreadable(row, err)
	}
	switch {
	case k.Offering != "":
		var o Offering
		if err := json.Unmarshal(item, &o); err != nil {
			return unreadable(row, err)
		}
		if o.Programme != nil {
			r.programme(row, *o.Programme)
		}
		i := r.index(row, o.ProgrammeID)
		b := &r.batch.Programmes[i]
		b.Offerings = append(b.Offerings, batch.Offering{Row: row, SourceID: o.ID, State: stateOf(o.State), Fill: o.fill})
	case k.Programme != "":
		var p Programme
		if err := json.Unmarshal(item, &p); err != nil {
			return unreadable(row, err)
		}
		r.programme(row, p)
	default:
		return fault.New(fault.Invalid, "supply.error.json_kind", "row", row)
	}
	return nil
}

func (r *batchReader) programme(row int, p Programme) {
	b := &r.batch.Programmes[r.index(row, p.ID)]
	if b.Fill != nil && b.Row != row {
		// The same programme again: the batch tells so when it is put in.
		r.batch.Programmes = append(r.batch.Programmes, batch.Programme{Row: row, SourceID: p.ID, Title: fromTexts(p.Name).String(), Fill: p.fill})
		return
	}
	b.Row, b.Title, b.Fill = row, fromTexts(p.Name).String(), p.fill
	if p.Ext.Own != nil {
		b.Provider = p.Ext.Own.Provider
	}
}

// index is where the programme stands in the batch; it is made when it is not
// there yet.
func (r *batchReader) index(row int, id string) int {
	i, ok := r.at[id]
	if !ok {
		i = len(r.batch.Programmes)
		r.at[id] = i
		r.batch.Programmes = append(r.batch.Programmes, batch.Programme{Row: row, SourceID: id, Title: id})
	}
	return i
}

func stateOf(s string) offer.State {
	if slices.Contains(offer.States(), offer.State(s)) {
		return offer.State(s)
	}
	return ""
}

func ours[T ~string](codes []code[T], list ...string) T {
	for _, s := range list {
		for _, c := range codes {
			if c.theirs == s {
				return c.ours
			}
		}
	}
	return ""
}

// levelOf finds our level: as we wrote it, else by theirs, else by the European
// level. A course that says nothing is a course.
func (p Programme) levelOf() offer.Level {
	if p.Ext.Own != nil && slices.Contains(offer.Levels(), offer.Level(p.Ext.Own.Level)) {
		return offer.Level(p.Ext.Own.Level)
	}
	if l := ours(levels(), p.Level); l != "" && p.Level != "undefined" {
		return l
	}
	if strings.HasPrefix(p.Level, "secondary_vocational_education") {
		return offer.Vgs
	}
	switch p.LevelOfQualification {
	case "eqf_3", "eqf_4":
		return offer.Vgs
	case "eqf_5":
		return offer.Fagskole
	case "eqf_6", "eqf_7", "eqf_8":
		return offer.Hoyere
	}
	return offer.Kurs
}
