package mail_test

import (
	"bufio"
	"errors"
	"io"
	"mime/quotedprintable"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/kit/mail"
)

// server is a mail server of a few words. refuse answers RCPT, garbage breaks off
// in the middle.
type server struct {
	mu      sync.Mutex
	addr    string
	letters []string
	refuse  string
	garbage bool
}

func serve(t *testing.T) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: l.Addr().String()}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(c)
		}
	}()
	return s
}

func (s *server) talk(c net.Conn) {
	defer c.Close()
	in := textproto.NewReader(bufio.NewReader(c))
	say := func(text string) { _, _ = io.WriteString(c, text+"\r\n") }
	s.mu.Lock()
	refuse, garbage := s.refuse, s.garbage
	s.mu.Unlock()
	if garbage {
		say("HTTP/1.1 400 Bad Request")
		return
	}
	say("220 post.example ESMTP")
	for {
		line, err := in.ReadLine()
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.Fields(line + " ?")[0]); {
		case verb == "EHLO", verb == "HELO":
			say("250 post.example")
		case verb == "RCPT" && refuse != "":
			say(refuse)
		case verb == "DATA":
			say("354 go on")
			lines, err := in.ReadDotLines()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.letters = append(s.letters, strings.Join(lines, "\n"))
			s.mu.Unlock()
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func post(t *testing.T, addr string) *mail.SMTP {
	t.Helper()
	p, err := mail.NewSMTP(mail.Settings{Addr: addr, From: "varsel@kompetansetorg.example", FromName: "Kompetansetorg", TLS: "none", Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var letter = mail.Message{ID: "0190", To: "leser@example.org", Subject: "Behovet ditt på Røros", Text: "Forumet drøftet behovet ditt i dag.\nÆØÅ æøå\n",
	Unsubscribe: "https://kompetansetorg.example/varsler/av/x", At: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)}

func TestALetterArrivesWhole(t *testing.T) {
	s := serve(t)
	if err := post(t, s.addr).Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(s.letters[0], "\n\n")
	for _, want := range []string{"To: <leser@example.org>", "From: \"Kompetansetorg\" <varsel@kompetansetorg.example>", "Message-ID: <0190@127.0.0.1>",
		"List-Unsubscribe: <https://kompetansetorg.example/varsler/av/x>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(head, want) {
			t.Errorf("no %q in:\n%s", want, head)
		}
	}
	plain, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body)))
	if err != nil || !strings.Contains(string(plain), "ÆØÅ æøå") {
		t.Errorf("body %q, %v", plain, err)
	}
}

// A calendar file goes along among the forms of the letter and among its files, with its
// lines as they were.
func TestACalendarFileGoesAlong(t *testing.T) {
	s := serve(t)
	with := letter
	with.Calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:1@example.no\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	if err := post(t, s.addr).Send(t.Context(), with); err != nil {
		t.Fatal(err)
	}
	got := s.letters[0]
	for want, n := range map[string]int{"text/calendar; method=PUBLISH": 2, "multipart/mixed": 1, "multipart/alternative": 1, "mote.ics": 1} {
		if strings.Count(got, want) < n {
			t.Errorf("%q stands %d times, want %d at least, in:\n%s", want, strings.Count(got, want), n, got)
		}
	}
}

// What the server will never take is refused for good; everything else may pass.
func TestRefusedForGoodOrForNow(t *testing.T) {
	for name, c := range map[string]struct {
		refuse  string
		garbage bool
		good    bool
	}{
		"no such reader": {refuse: "550 5.1.1 no such user", good: true},
		"a full mailbox": {refuse: "452 4.2.2 mailbox full"},
		"no mail server": {garbage: true},
		"greylisted":     {refuse: "451 4.7.1 try again later"},
	} {
		s := serve(t)
		s.refuse, s.garbage = c.refuse, c.garbage
		err := post(t, s.addr).Send(t.Context(), letter)
		if err == nil || errors.Is(err, mail.ErrRefused) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := post(t, "127.0.0.1:1").Send(t.Context(), letter); err == nil || errors.Is(err, mail.ErrRefused) {
		t.Errorf("nobody listens: %v", err)
	}
	bad := letter
	bad.To = "leser@example.org\r\nBcc: andre@example.org"
	if err := post(t, serve(t).addr).Send(t.Context(), bad); !errors.Is(err, mail.ErrRefused) {
		t.Errorf("an address with a line break: %v", err)
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for _, set := range []mail.Settings{{Addr: "post.example", From: "a@example.no"}, {Addr: "post.example:0", From: "a@example.no"}, {Addr: "post.example:25", From: "a@example.no", TLS: "maybe"},
		{Addr: "post.example:25", From: "nobody"}} {
		if _, err := mail.NewSMTP(set); err == nil {
			t.Errorf("%+v is taken", set)
		}
	}
}
