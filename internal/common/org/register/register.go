package register

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Source answers about units: *brreg.Client, or nothing when the look-up is
// switched off.
type Source interface {
	Unit(ctx context.Context, orgNo string) (brreg.Unit, error)
	Search(ctx context.Context, name, municipality string) ([]brreg.Unit, error)
}

// Deps is what the look-up needs. A nil Source switches it off. Pace is the
// pause between two calls of Refresh.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Orgs   *org.Service
	Source Source
	Pace   time.Duration
	Log    *slog.Logger
}

// How long an answer is asked for again, is kept, and the register is left
// alone after it did not answer.
const (
	FreshFor = 24 * time.Hour
	KeptFor  = 90 * 24 * time.Hour
	RestFor  = 30 * time.Second
)

// MinName is the shortest name that is looked for, in characters.
const MinName = 3

// Service is the use cases.
type Service struct {
	Deps
	mu   sync.Mutex
	rest time.Time // until when the register is left alone
}

// New makes the use cases.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.Default()
	}
	return &Service{Deps: d}
}

// IsOn reports whether the look-up is switched on.
func (s *Service) IsOn() bool { return s.Source != nil }

// Trouble is why an answer may lack hits.
type Trouble string

// The troubles: switched off; does not answer, so that hits are only those
// kept from before.
const (
	Off         Trouble = "off"
	Unreachable Trouble = "unreachable"
)

// Hit is a unit of the register as it would stand here. Name is written as
// people write; Org is the organisation here that has the number, if any.
type Hit struct {
	Unit      brreg.Unit
	Name      string
	Kind      org.Kind
	Org       org.ID
	FetchedAt clock.Time
}

// Answer is what the register has for a text.
type Answer struct {
	Hits    []Hit
	Trouble Trouble
}

// CanLookUp reports whether the actor may ask the register: whoever is signed
// in.
func CanLookUp(a access.Actor) error {
	if a.SignedIn() || a.IsSystem() {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}

// LookUp finds what the register has for a number or a name, in the register's
// order. A text that is neither has no hits, and nor has a number that nobody
// has. It is no fault that the register does not answer: see Answer.Trouble.
func (s *Service) LookUp(ctx context.Context, actor access.Actor, written string) (Answer, error) {
	if err := CanLookUp(actor); err != nil {
		return Answer{}, err
	}
	if !s.IsOn() {
		return Answer{Trouble: Off}, nil
	}
	if no, err := text.ParseOrgNumber(written); err == nil {
		hit, trouble, err := s.byNumber(ctx, no)
		if err != nil || hit.Unit.OrgNo == "" || hit.Unit.State == brreg.Unknown {
			return Answer{Trouble: trouble}, err
		}
		return Answer{Hits: []Hit{hit}, Trouble: trouble}, nil
	}
	if name := text.CleanLine(written); isName(name) {
		return s.byName(ctx, name)
	}
	return Answer{}, nil
}

// maxDigits is how many digits a name may have: more are a number of something
// else, which is nobody's business.
const maxDigits = 5

// isName reports whether the text may be sent as a name.
func isName(s string) bool {
	size, digits := len([]rune(text.Fold(s))), 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return size >= MinName && size <= org.MaxName && digits <= maxDigits && strings.ContainsFunc(s, unicode.IsLetter) && len(text.SensitiveHints(s)) == 0
}

// Fetch is the unit with the number, for somebody who has chosen it among hits:
// NotFound when the register does not have it, Unavailable when it does not
// answer and nothing is kept.
func (s *Service) Fetch(ctx context.Context, actor access.Actor, orgNo string) (Hit, error) {
	if err := CanLookUp(actor); err != nil {
		return Hit{}, err
	}
	no, err := text.ParseOrgNumber(orgNo)
	if err != nil || !s.IsOn() {
		return Hit{}, fault.Missing()
	}
	hit, trouble, err := s.byNumber(ctx, no)
	switch {
	case err != nil:
		return Hit{}, err
	case hit.Unit.OrgNo == "" && trouble == Unreachable:
		return Hit{}, fault.New(fault.Unavailable, "register.unreachable")
	case hit.Unit.OrgNo == "" || hit.Unit.State == brreg.Unknown:
		return Hit{}, fault.Missing()
	}
	return hit, nil
}

// Add is AddIn in a transaction of its own.
func (s *Service) Add(ctx context.Context, actor access.Actor, h Hit, municipality string) (org.ID, error) {
	var o org.ID
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		var err error
		o, err = s.AddIn(ctx, tx, actor, h, municipality)
		return err
	})
	return o, err
}

// AddIn registers the unit as an organisation in the caller's transaction, and
// answers which it is: the one that has the number already, or the one of the
// same name and municipality that had no number and now gets it, or a new one.
// The municipality is for units that the register has in none of ours. A
// closed unit is refused at the field organisation.
func (s *Service) AddIn(ctx context.Context, tx *db.Tx, actor access.Actor, h Hit, municipality string) (org.ID, error) {
	if known, err := s.Orgs.Resolve(ctx, tx, h.Unit.OrgNo); !fault.Is(err, fault.NotFound) {
		return known, err
	}
	if h.Unit.State.IsClosed() {
		return "", standing(h.Unit, h.FetchedAt).Refused("organisation", h.Name)
	}
	if s.Orgs.KnowsMunicipality(h.Unit.Municipality) {
		municipality = h.Unit.Municipality
	}
	o, err := s.Orgs.NumberIn(ctx, tx, actor, h.Unit.Name, municipality, h.Unit.OrgNo)
	if fault.Is(err, fault.NotFound) {
		var made org.Organisation
		made, err = s.Orgs.RegisterIn(ctx, tx, actor, org.Registration{Kind: h.Kind, Name: h.Name, OrgNo: h.Unit.OrgNo,
			Municipality: municipality, Website: website(h.Unit.Website)})
		o = made.ID
	}
	if err != nil {
		return "", err
	}
	_, err = s.Orgs.StandIn(ctx, tx, actor, o, standing(h.Unit, h.FetchedAt))
	return o, err
}

// Register registers an organisation that somebody has written himself, and
// keeps how it stands when it has a number and the register answers.
func (s *Service) Register(ctx context.Context, actor access.Actor, in org.Registration) (org.Organisation, error) {
	if err := org.CanRegister(actor); err != nil {
		return org.Organisation{}, err
	}
	var hit Hit
	if no, err := text.ParseOrgNumber(in.OrgNo); err == nil && s.IsOn() {
		if hit, _, err = s.byNumber(ctx, no); err != nil {
			return org.Organisation{}, err
		}
	}
	var o org.Organisation
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		var err error
		if o, err = s.Orgs.RegisterIn(ctx, tx, actor, in); err != nil || hit.Unit.OrgNo == "" {
			return err
		}
		_, err = s.Orgs.StandIn(ctx, tx, actor, o.ID, standing(hit.Unit, hit.FetchedAt))
		return err
	})
	return o, err
}

// standing is what is kept of a unit with its organisation.
func standing(u brreg.Unit, at clock.Time) org.Standing {
	return org.Standing{State: u.State, Since: u.Since, Name: u.Name, Municipality: u.Municipality, Form: u.Form, Industry: u.Industry,
		Employees: u.Employees, CheckedAt: at}
}

// Registration is what the unit would be registered with, for a form.
func (h Hit) Registration() org.Registration {
	return org.Registration{Kind: h.Kind, Name: h.Name, OrgNo: h.Unit.OrgNo, Municipality: h.Unit.Municipality, Website: website(h.Unit.Website)}
}

// website is an address as the register has it, mostly without a scheme.
func website(s string) string {
	if s == "" || strings.Contains(s, "://") {
		return s
	}
	if !strings.Contains(s, ".") || strings.ContainsAny(s, " @,;") {
		return ""
	}
	return "https://" + s
}

// kinds are the forms of organisation that say what kind one is; others are
// companies.
var kinds = map[string]org.Kind{
	"KOMM": org.Municipality, "FYLK": org.County, "STAT": org.StateAgency, "SÆR": org.StateAgency,
	"ORGL": org.PublicUnit, "IKS": org.PublicUnit, "KF": org.PublicUnit, "FKF": org.PublicUnit, "SF": org.PublicUnit, "KIRK": org.PublicUnit,
	"FLI": org.InterestGroup,
}

// schools are the beginnings of industry codes that say so more exactly, of
// the standards of 2007 and of 2025.
var schools = []struct {
	code string
	kind org.Kind
}{{"85.31", org.UpperSec}, {"85.32", org.UpperSec}, {"85.33", org.Fagskole}, {"85.41", org.Fagskole}, {"85.42", org.University}, {"85.40", org.University}}

// kindOf is what kind of organisation a unit most likely is; whoever registers
// it may mend that.
func kindOf(u brreg.Unit) org.Kind {
	for _, x := range schools {
		if strings.HasPrefix(u.Industry, x.code) && u.Form != "ENK" {
			return x.kind
		}
	}
	if k, ok := kinds[u.Form]; ok {
		return k
	}
	if u.Form == "BEDR" && slices.Contains([]string{"84.1", "84.2", "84.3"}, u.Industry[:min(4, len(u.Industry))]) {
		return org.PublicUnit
	}
	return org.Company
}
