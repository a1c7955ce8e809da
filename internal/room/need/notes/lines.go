package notes

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need/notes/sentence"
)

// kind is what a line is.
type kind int

const (
	blank  kind = iota
	prose       // running text
	bullet      // an item of a list, its mark taken off
	head        // a heading
	fact        // "Antall: 4"
)

// line is a line that is worth reading. nr is its number in the plain text, from 1.
type line struct {
	nr     int
	kind   kind
	indent int
	text   string
	key    string // of a fact
	group  string // what the fact is about
	label  string // what stood before the colon of an item
	listed bool   // it stood after a label
}

var (
	quoted     = regexp.MustCompile(`^\s*[>|]`)
	mailHead   = regexp.MustCompile(`(?i)^\*?(fra|frå|from|til|to|kopi|kopi til|cc|bcc|blindkopi|sendt|sent|dato|date|emne|subject|vedlegg|attachments?|prioritet|importance|svar til|reply-to)\*?\s*:\*?\s*(.*)$`)
	wrote      = regexp.MustCompile(`(?i)^(?:>?\s*)(?:den|på|on|ons|man|tir|tor|fre|lør|søn|\d).{4,160}\b(?:skrev|skreiv|wrote)\b.{0,120}:?$`)
	original   = regexp.MustCompile(`(?i)^[-_*\s]{2,}\s*(?:opprinnelig|opphavleg|original|oprindelig)\w*\s+(?:melding|message|meddelelse|e-post)\s*[-_*\s]*$`)
	forwarded  = regexp.MustCompile(`(?i)^[-_*\s]*(?:begin forwarded message|start på videresendt melding|videresendt melding|vidaresend melding|videresendt e-post|forwarded message)\s*:?[-_*\s]*$`)
	forwardTag = regexp.MustCompile(`(?i)^(?:vs|fwd?|vb|videresendt)\s*:`)
	pageNumber = regexp.MustCompile(`(?i)^(?:[-–—\s]*\d{1,3}[-–—\s]*|(?:side|s\.|page)\s*\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?|\d{1,3}\s*(?:/|av|of)\s*\d{1,3})$`)
	rule       = regexp.MustCompile(`^[-_=*~#–—\s]{3,}$`)
	farewell   = regexp.MustCompile(`(?i)^(?:--$|(?:med\s+)?(?:vennlig|vennleg|venleg|beste|bes?ten?|gode?|hjertelig|kind|best|warm)\s+(?:hilsen|helsing|helsingar|hilsner|regards|wishes)|(?:mvh|vh|bh|hilsen|helsing|ha en (?:fin|god|riktig)|ha ei (?:fin|god)|regards|sincerely|yours|cheers|takk på førehand|på forhånd takk|alt godt|m\.v\.h)\b)`)
	footer     = regexp.MustCompile(`(?i)(?:sendt fra min|sendt frå min|sent from my|hent outlook for|get outlook for|denne e-?posten? (?:er|kan|og|med)|denne meldingen? (?:er|kan)|this e-?mail (?:is|may|and)|konfidensiell|konfidensielt|confidential|tenk på miljøet|think before you print|viruskontroll|unsubscribe|avmeld deg|bli med i teams|join the meeting|møte-id:|passord:|\[cid:)`)
	greeting   = regexp.MustCompile(`(?i)^(?:hei+|heisann|hallo|halla|god (?:dag|morgen|morgon|kveld)|kjære|hello|hi|dear|morn)\b([^,.!:]{0,50})(?:[,.!:]\s*|\s*$)`)
	attendance = regexp.MustCompile(`(?i)^(?:til ?sted(?:e|es)|til ?stades?|møtt(?:e)?|frammøtte?|fremmøtte?|deltaker(?:e|ne)?|deltakar(?:ar|ane)?|desse møtte|disse møtte|forfall|meldt forfall|fravær(?:ende)?|fråvær|referent|møtele(?:der|iar)|ordstyrer|ordstyrar|skrevet av|sekretær|present|attendees|apologies|inviterte?|kopi til)\s*(?:[:\-–]\s*(.*))?$`)
	meeting    = regexp.MustCompile(`(?i)^(?:tid|sted|stad|møtested|møtestad|tid og sted|tid og stad|møtetid|møtedato|neste møte|stad og tid|referat(?: frå| fra)?|møtereferat|kontakt|kontaktperson|kontaktpersonar|ansvarlig|ansvarleg|ansvar|tlf|telefon|mobil|e-?post|web|nettside|www|adresse|besøksadresse|postadresse|vedtak nr|saksbehandler|vår ref|deres ref)\s*[:.]`)
	bulletMark = regexp.MustCompile(`^(?:[-–—*•◦·▪▫‣●○■□➢✓+]|o(?:\s)|\(?[a-zæøå]\)|\(?\d{1,2}[.)]\)?)\s+`)
	agenda     = regexp.MustCompile(`(?i)^(?:sak(?:snr)?\.?\s*\d+|pkt\.?\s*\d+|punkt\s*\d+|agenda\s*\d+|item\s*\d+|ps[- ]?\d+/\d+|\d{1,3}/\d{2,4}\s)`)
	emphasis   = regexp.MustCompile(`\*\*|__|^#{1,6}\s+|^\[?\d{1,2}[.:]\d{2}(?::\d{2})?\]?\s+(?:-\s+)?\b`)
	factLine   = regexp.MustCompile(`(?i)^(behov|behovet|kompetansebehov|kva treng de|hva trenger (?:dere|de|de\?)|trenger|treng|ønske|antall(?: personer)?|tal(?: på personar)?|hvor mange|kor mange|personer|personar|number|headcount|oppstart|ønsket oppstart|ønskt oppstart|når|start|innen|virksomhet|verksemd|bedrift|bedriftsnavn|firma|organisasjon|company|org\.? ?nr\.?|orgnummer|organisasjonsnummer|kommune|sted|stad|municipality|need|needs)\s*:\s*(.*)$`)
)

// mail is one of the mails of a thread, or the whole text.
type mail struct {
	r       *reader
	lines   []line
	subject string
	forward bool // what follows was sent on by its writer
}

// words counts what its writer wrote.
func (m mail) words() int {
	n := 0
	for _, l := range m.lines {
		n += len(strings.Fields(l.text))
	}
	return n
}

// few is how many words go with a mail that is only sent on.
const few = 14

// mails parts the text into the mails of a thread, the newest first, and leaves out
// the lines that are of no use.
func (r *reader) mails(plain string) []mail {
	all := strings.Split(plain, "\n")
	out := []mail{{r: r}}
	w := walker{r: r}
	for i := 0; i < len(all); i++ {
		raw := strings.TrimSpace(emphasis.ReplaceAllString(strings.TrimSpace(all[i]), ""))
		current := &out[len(out)-1]
		if quoted.MatchString(all[i]) && !strings.Contains(raw, " | ") {
			continue
		}
		if forwarded.MatchString(raw) {
			current.forward = true
			out, w = append(out, mail{r: r}), walker{r: r}
			continue
		}
		if original.MatchString(raw) || wrote.MatchString(raw) || beginsMail(all, i) && (current.words() > 0 || w.ended) {
			current.forward = current.forward || forwardTag.MatchString(current.subject)
			out, w = append(out, mail{r: r}), walker{r: r}
			if !mailHead.MatchString(raw) {
				continue
			}
			current = &out[len(out)-1]
		}
		if m := mailHead.FindStringSubmatch(raw); m != nil && !isProse(m[2]) {
			if key := strings.ToLower(m[1]); key == "emne" || key == "subject" {
				current.subject = m[2]
			}
			continue
		}
		if l, ok := w.read(all, i, raw); ok {
			current.lines = append(current.lines, l)
		}
	}
	return kept(out)
}

// kept are the mails worth reading: the first, and those that it sends on.
func kept(list []mail) []mail {
	var out []mail
	for _, m := range list {
		if len(out) > 0 {
			last := out[len(out)-1]
			sentOn := last.forward || forwardTag.MatchString(last.subject) || last.words() <= few
			if !sentOn {
				break
			}
			if m.subject == "" {
				m.subject = forwardTag.ReplaceAllString(last.subject, "")
			}
		}
		out = append(out, m)
	}
	return out
}

// beginsMail tells whether line i begins the headers of a mail.
func beginsMail(all []string, i int) bool {
	m := mailHead.FindStringSubmatch(strings.TrimSpace(all[i]))
	if m == nil {
		return false
	}
	if key := strings.ToLower(m[1]); key != "fra" && key != "frå" && key != "from" {
		return false
	}
	for _, next := range all[i+1 : min(len(all), i+5)] {
		if m := mailHead.FindStringSubmatch(strings.TrimSpace(next)); m != nil && !isProse(m[2]) {
			return true
		}
	}
	return false
}

// isProse tells a sentence after "Til:" or "Frå:" from an address.
func isProse(s string) bool {
	return len(strings.Fields(s)) > 8 && strings.HasSuffix(s, ".") || sentence.Lacks(s)
}

// walker remembers what the lines before mean for the next.
type walker struct {
	r        *reader
	ended    bool // the mail has been signed
	skipping bool // a list of people, until a blank line
	said     bool // something has been said
}

// read tells what the line is; ok is false for what is left out.
func (w *walker) read(all []string, i int, raw string) (out line, ok bool) {
	out = line{nr: i + 1, indent: len(all[i]) - len(strings.TrimLeft(all[i], " ")), text: raw}
	if raw == "" || rule.MatchString(raw) {
		w.skipping = w.skipping && raw != ""
		return out, !w.ended
	}
	isAgenda := agenda.MatchString(raw)
	if isAgenda || strings.HasPrefix(strings.ToLower(raw), "ps") && len(raw) > 4 {
		w.ended, w.skipping = false, false
	}
	switch {
	case w.ended, pageNumber.MatchString(raw), footer.MatchString(raw):
		return out, false
	case farewell.MatchString(raw) && !sentence.Lacks(raw):
		w.ended = true
		return out, false
	case attendance.MatchString(raw):
		w.skipping = true
		return out, false
	case meeting.MatchString(raw) && !factLine.MatchString(raw):
		return out, false
	}
	if w.skipping && !isAgenda && !w.r.isHead(all, i, raw) {
		return out, false
	}
	w.skipping = false
	if !w.said {
		if m := greeting.FindStringIndex(raw); m != nil {
			if raw = strings.TrimSpace(raw[m[1]:]); raw == "" {
				return out, false
			}
			out.text = text.UpperFirst(raw)
		}
	}
	w.said = true
	return w.kindOf(all, i, out), true
}

func (w *walker) kindOf(all []string, i int, l line) line {
	l.kind = prose
	if g, value, ok := formed(l.text); ok {
		l.kind, l.key, l.group, l.text = fact, strings.TrimSuffix(l.text, value), g, value
		return l
	}
	if rest, ok := enumerated(all, i, l.text); ok {
		l.text, l.kind = rest, bullet
		return l
	}
	switch m := bulletMark.FindString(l.text); {
	case agenda.MatchString(l.text):
		l.kind = head
	case factLine.MatchString(l.text) && m == "":
		f := factLine.FindStringSubmatch(l.text)
		if strings.TrimSpace(f[2]) == "" {
			l.kind = head
			break
		}
		l.kind, l.key, l.group, l.text = fact, strings.ToLower(f[1]), groupOf(f[1]), strings.TrimSpace(f[2])
	case m != "":
		rest := strings.TrimSpace(l.text[len(m):])
		if unicode.IsDigit(rune(m[0])) && w.r.isHead(all, i, rest) && !w.r.speaks(rest) && !nextIsNumbered(all, i) {
			l.kind, l.text = head, rest
			break
		}
		l.kind, l.text = bullet, rest
		if label, rest, ok := w.r.label(rest); ok {
			l.label, l.text, l.listed = label, rest, true
		}
	case strings.Contains(l.text, " | "):
		l.kind = bullet
	case w.r.StartsWithCount(l.text) && len(l.text) < 70:
		l.kind = bullet
	default:
		if label, rest, ok := w.r.label(l.text); ok {
			l.kind, l.label, l.text, l.listed = bullet, label, rest, true
		} else if w.r.isHead(all, i, l.text) {
			l.kind = head
		}
	}
	return l
}

var numbered = regexp.MustCompile(`^(\d{1,2}) (\p{L}.*)$`)

// enumerated takes the number off an item of a list that is numbered without a sign:
// its neighbours have the numbers before and after.
func enumerated(all []string, i int, s string) (string, bool) {
	m := numbered.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	n, _ := strconv.Atoi(m[1])
	beside := func(at, want int) bool {
		if at < 0 || at >= len(all) {
			return false
		}
		o := numbered.FindStringSubmatch(strings.TrimSpace(all[at]))
		return o != nil && o[1] == strconv.Itoa(want)
	}
	before, after := beside(i-1, n-1), beside(i+1, n+1)
	return m[2], n == 1 && after && beside(i+2, 3) || before && (after || beside(i-2, n-2))
}

// nextIsNumbered tells whether the next line is an item of the same numbered list.
func nextIsNumbered(all []string, i int) bool {
	if i+1 >= len(all) {
		return i > 0 && bulletMark.MatchString(strings.TrimSpace(all[i-1]))
	}
	m := bulletMark.FindString(strings.TrimSpace(all[i+1]))
	return m != "" && unicode.IsDigit(rune(m[0])) || i > 0 && bulletMark.MatchString(strings.TrimSpace(all[i-1]))
}

// isHead tells whether the line names what comes after it: short, without an end, and
// with something below it.
func (r *reader) isHead(all []string, i int, s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 9 || len(s) > 80 {
		return false
	}
	if strings.HasSuffix(s, ":") {
		return true
	}
	if formLine.MatchString(s) || r.speaks(s) || strings.ContainsAny(s[len(s)-1:], ".,;!?") || !unicode.IsUpper([]rune(s)[0]) {
		return false
	}
	for _, next := range all[i+1 : min(len(all), i+3)] {
		if next = strings.TrimSpace(next); next != "" {
			return !unicode.IsLower([]rune(next)[0]) || bulletMark.MatchString(next)
		}
	}
	return false
}

// speaks tells whether the words speak of a need themselves, or tell how many.
func (r *reader) speaks(s string) bool {
	if sentence.Lacks(s) {
		return true
	}
	_, ok := r.CountIn(s, true)
	return ok
}

// arranged is what the beginning of an invitation, a newsletter, a call to voluntary
// work or a list of other people's posts says of itself.
var arranged = regexp.MustCompile(`^ (?:ledige|vacant) (?:stillinger|stillingar|positions) | (invitasjon|invitation|nyhetsbrev|nyheitsbrev|newsletter|nytt (?:fra|frå)|dugnad\pL*|foreldre|foreldra|idrettslag\pL*|podkast\pL*|podcast\pL*|episoden?|vacancies this week|stillingsannonser|årsmøteinnkalling) `)

// kind is what the subject and the first two lines of the mail say of all that stands in it:
// what it adds to the weight, and whether it is about how workplaces are manned.
func (m mail) kind() (tone float64, staffed bool) {
	said, n := m.subject, 0
	for _, l := range m.lines {
		if l.text == "" {
			continue
		}
		if n++; n > 2 {
			break
		}
		said += " " + l.text
	}
	w := sentence.Worded(said)
	if arranged.MatchString(w) {
		return -2, false
	}
	return 0, staffing.MatchString(w)
}
