package casework

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Ground is a rule of law that lets something be closed. Since is the day the act
// came into force, Source its name and where to read it.
type Ground struct {
	Code    string
	Section string // "kommuneloven § 11-5"
	Label   i18n.Key
	Must    bool // the body shall close, and does not choose
	Since   clock.Date
	Source  string
}

// In names the rule in the reader's language. Section is as the law is cited in Norwegian
// records.
func (g Ground) In(t i18n.Printer) string {
	if g.Source == municipalAct {
		return t.T("case.ground.municipal")
	}
	return g.Section
}

// Acts and where they are read.
const (
	municipalAct = "https://lovdata.no/lov/2018-06-22-83/§11-5"
	opennessAct  = "https://lovdata.no/lov/2006-05-19-16/§"
)

// MeetingGrounds are the grounds for closing a meeting. The paragraph within § 11-5
// is left out on purpose: the body names it when it decides.
func MeetingGrounds() []Ground {
	since := clock.MustDate("2019-10-01")
	ground := func(code string, label i18n.Key, must bool) Ground {
		return Ground{code, "kommuneloven § 11-5", label, must, since, municipalAct}
	}
	return []Ground{ground("staff", "case.ground.staff", true), ground("secrecy", "case.ground.secrecy", true),
		ground("privacy", "case.ground.privacy", false), ground("interest", "case.ground.interest", false)}
}

// DocumentGrounds are the grounds for keeping a document back.
func DocumentGrounds() []Ground {
	since := clock.MustDate("2009-01-01")
	ground := func(section string, label i18n.Key, must bool) Ground {
		return Ground{section, "offentleglova § " + section, label, must, since, opennessAct + section}
	}
	return []Ground{ground("13", "case.ground.13", true), ground("14", "case.ground.14", false), ground("15", "case.ground.15", false),
		ground("23", "case.ground.23", false), ground("25", "case.ground.25", false), ground("26", "case.ground.26", false)}
}

// GroundOf finds the ground with the code, and whether there is one.
func GroundOf(list []Ground, code string) (Ground, bool) {
	for _, g := range list {
		if g.Code == code {
			return g, true
		}
	}
	return Ground{}, false
}

func codes(list []Ground) []string {
	var out []string
	for _, g := range list {
		out = append(out, g.Code)
	}
	return out
}
