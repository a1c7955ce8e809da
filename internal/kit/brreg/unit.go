package brreg

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/text"
)

// State is how a unit stands in the register. Stored as written.
type State string

// The states. Unknown is a number that the register does not have; Removed is
// gone from the open data, Deleted is struck off.
const (
	Active    State = "active"
	Bankrupt  State = "bankrupt"
	WindingUp State = "winding_up"
	Forced    State = "forced"
	Deleted   State = "deleted"
	Removed   State = "removed"
	Unknown   State = "unknown"
)

// IsClosed reports whether the unit is, or is about to be, no more.
func (s State) IsClosed() bool {
	return slices.Contains([]State{Bankrupt, WindingUp, Forced, Deleted, Removed}, s)
}

// Unit is what is read of a unit. Name is empty for Removed and Unknown ones.
// Since is the day of the state, zero when it is not said. Employees is -1
// when none are registered. Municipality is a number of four digits, empty
// abroad; Form and Industry are the register's codes (AS, 16.100).
type Unit struct {
	OrgNo, Name, Form      string
	Municipality, Industry string
	Parent, Website        string
	Employees              int
	State                  State
	Since                  clock.Date
}

// IsPersonal reports whether the unit is a sole proprietorship, whose name is
// often its owner's.
func (u Unit) IsPersonal() bool { return u.Form == "ENK" }

// The longest texts that are taken, in characters.
const (
	maxName = 200
	maxCode = 10
	maxSite = 300
)

type code struct {
	Code string `json:"kode"`
}

type address struct {
	Municipality string `json:"kommunenummer"`
}

// answered is a unit as the API writes it, main units and places of work alike.
type answered struct {
	Class       string   `json:"respons_klasse"`
	OrgNo       string   `json:"organisasjonsnummer"`
	Name        string   `json:"navn"`
	Form        code     `json:"organisasjonsform"`
	Industry    code     `json:"naeringskode1"`
	Business    *address `json:"forretningsadresse"`
	Place       *address `json:"beliggenhetsadresse"`
	Employees   *int     `json:"antallAnsatte"`
	Parent      string   `json:"overordnetEnhet"`
	Website     string   `json:"hjemmeside"`
	Bankrupt    bool     `json:"konkurs"`
	BankruptOn  string   `json:"konkursdato"`
	WindingUp   bool     `json:"underAvvikling"`
	WindingUpOn string   `json:"underAvviklingDato"`
	Forced      bool     `json:"underTvangsavviklingEllerTvangsopplosning"`
	DeletedOn   string   `json:"slettedato"`
	ClosedOn    string   `json:"nedleggelsesdato"`
}

var errShape = errors.New("not the shape of a unit")

func parseUnit(body []byte) (Unit, error) {
	var a answered
	if err := json.Unmarshal(body, &a); err != nil {
		return Unit{}, fmt.Errorf("read unit: %w", err)
	}
	return a.unit()
}

// parseList reads a page of hits; those that have no number or name are left
// out.
func parseList(body []byte) ([]Unit, error) {
	var page struct {
		Embedded struct {
			Units  []answered `json:"enheter"`
			Places []answered `json:"underenheter"`
		} `json:"_embedded"`
		Page *struct {
			Total int `json:"totalElements"`
		} `json:"page"`
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, fmt.Errorf("read hits: %w", err)
	}
	if page.Page == nil {
		return nil, fmt.Errorf("read hits: %w", errShape)
	}
	var out []Unit
	for _, a := range append(page.Embedded.Units, page.Embedded.Places...) {
		if u, err := a.unit(); err == nil {
			out = append(out, u)
		}
	}
	return out, nil
}

func (a answered) unit() (Unit, error) {
	no, err := text.ParseOrgNumber(a.OrgNo)
	name := strings.TrimSpace(text.CleanLine(a.Name))
	if err != nil || text.IsBlank(name) {
		return Unit{}, errShape
	}
	u := Unit{OrgNo: no, Name: text.Truncate(name, maxName), Form: short(a.Form.Code), Industry: short(a.Industry.Code), Employees: -1, State: Active}
	for _, at := range []*address{a.Business, a.Place} {
		if at != nil && u.Municipality == "" && len(at.Municipality) == 4 && strings.Trim(at.Municipality, "0123456789") == "" {
			u.Municipality = at.Municipality
		}
	}
	if a.Employees != nil && *a.Employees >= 0 {
		u.Employees = *a.Employees
	}
	if parent, err := text.ParseOrgNumber(a.Parent); err == nil {
		u.Parent = parent
	}
	if site := strings.TrimSpace(a.Website); site != "" && len(site) <= maxSite && !u.IsPersonal() {
		u.Website = site
	}
	u.State, u.Since = a.state()
	return u, nil
}

// state is the gravest that is said.
func (a answered) state() (State, clock.Date) {
	switch {
	case a.DeletedOn != "" || strings.HasPrefix(a.Class, "Slettet"):
		return Deleted, dayOf(a.DeletedOn)
	case a.ClosedOn != "":
		return Deleted, dayOf(a.ClosedOn)
	case a.Bankrupt:
		return Bankrupt, dayOf(a.BankruptOn)
	case a.Forced:
		return Forced, clock.Date{}
	case a.WindingUp:
		return WindingUp, dayOf(a.WindingUpOn)
	}
	return Active, clock.Date{}
}

// dayOf is the day that a date or a moment begins with; zero for neither.
func dayOf(s string) clock.Date {
	if len(s) > 10 {
		s = s[:10]
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		return clock.Date{}
	}
	return d
}

func short(s string) string {
	if s = strings.TrimSpace(s); len(s) > maxCode {
		return ""
	}
	return s
}
