package draw_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
)

// posted is a request with the body, which is cut off after most bytes as the
// house does it.
func posted(kind string, body []byte, most int64) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/svar", bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, most)
	return r
}

// holdsNothing fails when a file lies in the folder where they wait.
func holdsNothing(t *testing.T, folder string) {
	t.Helper()
	left, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Fatalf("%d files are held still", len(left))
	}
}

const boundary = "grense"

// partOf writes a part of a form by hand: a browser writes the header so.
func partOf(disposition, content string) string {
	return "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n"
}

// FuzzReceive reads whatever somebody posts: no panic, nothing held after Close or
// an error, and what is held is what the limits allow.
func FuzzReceive(f *testing.F) {
	const multi = "multipart/form-data; boundary=" + boundary
	end := "--" + boundary + "--\r\n"
	for _, body := range []string{"", end, partOf(`name="answers.plan"`, "ja") + end, partOf(`name="answers.fil"; filename="a.txt"`, "hei") + partOf(`name="asked"`, "plan") + end,
		partOf(`name="answers.fil"; filename=""`, "") + end, partOf(`name="answers.fil"; filename="a.txt"`, strings.Repeat("x", 500)), partOf(`name="x"; filename=a`, "y") + "--" + boundary, "--" + boundary + "\r\n\r\n\r\n",
		"--" + boundary + "\r\nContent-Disposition: form-data; name*=utf-8''%c3%a5; filename*=utf-8''%ff\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=\r\n" + end} {
		f.Add(multi, []byte(body), uint16(400))
	}
	f.Add("application/x-www-form-urlencoded", []byte("answers.plan=ja&asked=plan&%zz=;"), uint16(99))
	f.Add("multipart/form-data", []byte("x"), uint16(9))
	f.Add("multipart/mixed; boundary=", []byte("--\r\n"), uint16(9))
	f.Add("", []byte("x"), uint16(0))
	folder := f.TempDir()
	f.Setenv("TMPDIR", folder)
	f.Fuzz(func(t *testing.T, kind string, body []byte, most uint16) {
		r := posted(kind, body, int64(most))
		got, err := draw.Receive(r)
		if err != nil {
			holdsNothing(t, folder)
			return
		}
		size := 0
		for _, v := range r.PostForm {
			for _, s := range v {
				size += len(s)
			}
		}
		if len(got.Files) > attach.MaxDocuments || size > len(body) {
			t.Errorf("%d files and %d bytes of text of a body of %d", len(got.Files), size, len(body))
		}
		for _, x := range got.Files {
			if x.Err != nil {
				continue
			}
			held, err := io.ReadAll(io.NewSectionReader(x.Content.(io.ReaderAt), 0, attach.MaxSize+1))
			if err != nil || int64(len(held)) != x.Size || x.Size > int64(most) || x.Name == "" {
				t.Errorf("%q is %d bytes, said to be %d: %v", x.Name, len(held), x.Size, err)
			}
		}
		odd(t, r.PostForm)
		got.Close()
		holdsNothing(t, folder)
	})
}

// odd reads what was posted as answers: only what is asked is answered, files come
// never as values, and no button does anything to what is not there.
func odd(t *testing.T, values url.Values) {
	t.Helper()
	sec := question.Section{Name: section.Name, Questions: append([]question.Question{{Name: "fil", Kind: question.File}}, section.Questions...)}
	old := question.Values{"fil": {Files: []question.Sent{{ID: "1", Name: "a.txt"}}}, "hvilken": {Text: "gammel"}, "yrker": {Rows: []question.Values{{"antall": {Text: "1"}}}}}
	got := draw.Read(values, sec, old)
	if !reflect.DeepEqual(got["fil"], old["fil"]) {
		t.Errorf("posted values changed the files: %v", got["fil"])
	}
	for name, v := range got {
		if _, _, ok := (question.Definition{Sections: []question.Section{sec}}).Find(name); !ok {
			t.Errorf("%q is answered and was not asked", name)
		}
		if len(v.Rows) > 2*question.MaxRows {
			t.Errorf("%d rows", len(v.Rows))
		}
	}
	act := draw.ActOf(values)
	after := act.Apply(sec, old)
	if !reflect.DeepEqual(after["fil"], old["fil"]) || !reflect.DeepEqual(after["hvilken"], old["hvilken"]) || len(after) != len(old) {
		t.Errorf("the button %q changed %v", values.Get("act"), after)
	}
}

// FuzzReceiveKeeps posts a form as a browser does and cuts it off anywhere: what was
// written before the file is never lost, and a file that did not come whole is told.
func FuzzReceiveKeeps(f *testing.F) {
	f.Add("answers.hvilken", "Tiårsplanen\r\n--grense\r\n", "plan.pdf", []byte("%PDF-1.7"), uint16(0), false)
	f.Add("answers.yrker.0.antall", "4", "æ \"ø\".txt", []byte("--x--"), uint16(70), true)
	f.Add("ukjent", "", "a", []byte{}, uint16(1), true)
	folder := f.TempDir()
	f.Setenv("TMPDIR", folder)
	f.Fuzz(func(t *testing.T, name, value, file string, content []byte, cut uint16, cutting bool) {
		if name == "" || !utf8.ValidString(name+file) || strings.ContainsFunc(name+file, unicode.IsControl) || strings.Contains(name, ";") || strings.ContainsAny(file, `/\`) || strings.Trim(file, ".") == "" {
			t.Skip("a header that the standard library refuses, or that means another name")
		}
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		written := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		written(w.WriteField(name, value))
		written(w.WriteField("asked", "hvilken"))
		before := b.Len()
		part, err := w.CreateFormFile("answers.fil", file)
		written(err)
		header := b.Len()
		_, err = part.Write(content)
		written(err)
		written(w.WriteField("etter", "hei"))
		written(w.Close())
		most := int64(b.Len())
		if cutting { // somewhere in the file or after it
			most = int64(header) + int64(cut)%int64(b.Len()-header)
		}
		r := posted(w.FormDataContentType(), b.Bytes(), most)
		got, err := draw.Receive(r)
		if err != nil {
			t.Fatalf("a form of %d bytes, cut at %d after %d, is refused: %v", b.Len(), most, before, err)
		}
		defer holdsNothing(t, folder)
		defer got.Close()
		if r.PostForm.Get("asked") == "" || r.PostForm[name][0] != value {
			t.Errorf("%s: %q became %q", name, value, r.PostForm[name])
		}
		if len(got.Files) != 1 || got.Files[0].Question != "fil" || got.Files[0].Name == "" {
			t.Fatalf("files %+v", got.Files)
		}
		x := got.Files[0]
		if cutting != (x.Err != nil) || !cutting && (x.Size != int64(len(content)) || r.PostForm.Get("etter") != "hei") {
			t.Errorf("cut %v: %d bytes of %d, %v", cutting, x.Size, len(content), x.Err)
		}
	})
}

// TestReceiveHoldsNoMoreThanFits: open files and fields cost memory also when they
// are empty.
func TestReceiveHoldsNoMoreThanFits(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	var b bytes.Buffer
	for i := range attach.MaxDocuments + 20 {
		b.WriteString(partOf(fmt.Sprintf(`name="answers.fil"; filename="%d.txt"`, i), "hei"))
	}
	b.WriteString(partOf(`name="answers.plan"`, "ja") + "--" + boundary + "--\r\n")
	r := posted("multipart/form-data; boundary="+boundary, b.Bytes(), 1<<20)
	got, err := draw.Receive(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if held, err := os.ReadDir(folder); err != nil || len(held) != attach.MaxDocuments || len(got.Files) != attach.MaxDocuments {
		t.Errorf("%d files are held, %d told: %v", len(held), len(got.Files), err)
	}
	if got.Files[0].Err != nil || got.Files[len(got.Files)-1].Err == nil || r.PostForm.Get("answers.plan") != "ja" {
		t.Errorf("the last is not refused, the first is, or the answer is lost: %+v %v", got.Files[len(got.Files)-1], r.PostForm)
	}
	b.Reset()
	for range 110_000 {
		b.WriteString(partOf(`name="a"`, ""))
	}
	if _, err := draw.Receive(posted("multipart/form-data; boundary="+boundary, b.Bytes(), 64<<20)); err == nil {
		t.Error("a hundred thousand empty fields are kept")
	} else if errors.Is(err, io.EOF) {
		t.Errorf("it was read to its end: %v", err)
	}
	holdsNothingButOurs(t, folder, attach.MaxDocuments)
}

// holdsNothingButOurs fails when others wait than those that are held.
func holdsNothingButOurs(t *testing.T, folder string, ours int) {
	t.Helper()
	if left, err := os.ReadDir(folder); err != nil || len(left) != ours {
		t.Errorf("%d files are held: %v", len(left), err)
	}
}
