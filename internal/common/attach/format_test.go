package attach

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// packed is a packed document with the parts, name and content by turns.
func packed(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		part, err := w.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// keyOf is the message at the field, "" for a file that is taken.
func keyOf(t *testing.T, name, content string) (string, i18n.Key) {
	t.Helper()
	media, err := check(name, strings.NewReader(content), int64(len(content)))
	if err == nil {
		return media, ""
	}
	f, ok := fault.As(err)
	if !ok || len(f.Fields) != 1 || f.Fields[0].Name != Field {
		t.Fatalf("%s: %v", name, err)
	}
	return media, f.Fields[0].Key
}

func TestFormats(t *testing.T) {
	const format, macro, content = "attach.error.format", "attach.error.macro", "attach.error.content"
	docx := packed(t, typesPart, "<Types/>", "word/document.xml", "<w/>")
	odt := func(media string, more ...string) string {
		return packed(t, append([]string{"mimetype", "application/vnd.oasis.opendocument." + media, "content.xml", "<x/>"}, more...)...)
	}
	png, jpg, web := "\x89PNG\r\n\x1a\n…", "\xff\xd8\xff\xe0…", "RIFF\x10\x00\x00\x00WEBPVP8 "
	for _, c := range []struct {
		name, content, media string
		want                 i18n.Key
	}{
		{"a.pdf", "%PDF-1.7 …", "application/pdf", ""},
		{"A.PDF", "%PDF-1.7 …", "application/pdf", ""},
		{"a.pdf", "<html>%PDF-", "", content},
		{"a.pdf", docx, "", content},
		{"a.docx", docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""},
		{"a.xlsx", docx, "", content},
		{"a.xlsx", packed(t, typesPart, "<Types/>", "xl/workbook.xml", ""), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""},
		{"a.pptx", packed(t, typesPart, "<Types/>", "ppt/presentation.xml", ""), "application/vnd.openxmlformats-officedocument.presentationml.presentation", ""},
		{"a.docx", packed(t, "word/document.xml", ""), "", content},
		{"a.docx", packed(t, typesPart, "<Types/>", "word/vbaProject.bin", ""), "", macro},
		{"a.docx", packed(t, typesPart, `<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>`, "word/document.xml", ""), "", macro},
		{"a.xlsx", packed(t, typesPart, "<Types/>", "xl/macrosheets/sheet1.xml", ""), "", macro},
		{"a.docx", docx[:len(docx)-10], "", content},
		{"a.docx", "PK\x03\x04" + strings.Repeat(directoryOf, maxParts+1), "", content},
		{"a.docm", docx, "", macro},
		{"a.odt", odt("text"), "application/vnd.oasis.opendocument.text", ""},
		{"a.ods", odt("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet", ""},
		{"a.ods", odt("text"), "", content},
		{"a.odt", odt("text", "Basic/Standard/Module1.xml", ""), "", macro},
		{"a.txt", "Blåbær på høsten", "text/plain; charset=utf-8", ""},
		{"a.txt", "Bl\xe5b\xe6r", "text/plain; charset=windows-1252", ""},
		{"a.csv", "navn;antall\r\n", "text/csv; charset=utf-8", ""},
		{"a.md", "# Plan", "text/markdown; charset=utf-8", ""},
		{"a.txt", "MZ\x90\x00\x03", "", content},
		{"a.txt", strings.Repeat("x", 200_000) + "\x00", "", content},
		{"a.png", png, "image/png", ""}, {"a.jpg", jpg, "image/jpeg", ""}, {"a.jpeg", jpg, "image/jpeg", ""}, {"a.webp", web, "image/webp", ""},
		{"a.png", jpg, "", content}, {"a.jpg", png, "", content}, {"a.webp", "RIFF\x10\x00\x00\x00WAVEfmt ", "", content},
		{"a.svg", "<svg/>", "", format}, {"a.html", "<p>", "", format}, {"a.js", "1", "", format}, {"a.exe", "MZ", "", format}, {"a.pdf.exe", "%PDF-", "", format},
		{"a", "%PDF-", "", format}, {"pdf", "%PDF-", "", format}, {"", "%PDF-", "", format}, {"a.", "x", "", format}, {"a.doc", "\xd0\xcf\x11\xe0", "", format},
	} {
		media, got := keyOf(t, c.name, c.content)
		if got != c.want || media != c.media {
			t.Errorf("%s %.20q: %q %q, want %q %q", c.name, c.content, media, got, c.media, c.want)
		}
	}
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"Søknad om støtte – Åfjord.pdf":    "Søknad om støtte – Åfjord.pdf",
		`C:\Users\meg\Skrivebord\plan.pdf`: "plan.pdf",
		"../../etc/passwd":                 "passwd",
		"/a/b.txt":                         "b.txt",
		"a\x00b\r\nc\t.pdf":                "ab c .pdf",
		"regn\u202efdp.exe":                "regnfdp.exe",
		"A\u030afjord.pdf":                 "Åfjord.pdf",
		".htaccess":                        "htaccess",
		"...pdf":                           "pdf",
		`a"b<c>|?*:;%.pdf`:                 "a-b-c-------.pdf",
		"fil.pdf. . ":                      "fil.pdf",
		"..":                               "",
		"":                                 "",
		"\xff.pdf":                         "-.pdf",
	} {
		if got := CleanName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	long := CleanName(strings.Repeat("ø", 300) + ".docx")
	if utf8.RuneCountInString(long) != MaxName || !strings.HasSuffix(long, "ø.docx") {
		t.Errorf("a long name: %d characters, %q", utf8.RuneCountInString(long), long[len(long)-8:])
	}
}

func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"a.pdf", `..\..\x`, "å/\x00.txt", strings.Repeat(".a", 200), "a.\u202e", "~$x.docx", "\u200d/.pdf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := CleanName(s)
		if CleanName(name) != name {
			t.Errorf("%q cleaned twice is %q", name, CleanName(name))
		}
		if utf8.RuneCountInString(name) > MaxName || !utf8.ValidString(name) || strings.ContainsAny(name, `/\<>:"|?*;%`) || strings.HasPrefix(name, ".") {
			t.Errorf("%q becomes %q", s, name)
		}
		for _, r := range name {
			if unicode.IsControl(r) {
				t.Errorf("%q becomes %q", s, name)
			}
		}
	})
}

// unlisted is an archive whose list of parts is empty, though the parts are there.
func unlisted(archive string) string {
	list := strings.Index(archive, "PK\x01\x02")
	return archive[:list] + "PK\x05\x06" + strings.Repeat("\x00", 18)
}

func FuzzFormat(f *testing.F) {
	f.Add("a.docx", packed(f, typesPart, "<Types/>", "word/document.xml", ""))
	f.Add("a.odt", packed(f, "mimetype", "application/vnd.oasis.opendocument.text"))
	f.Add("a.odt", unlisted(packed(f, "mimetype", "application/vnd.oasis.opendocument.text")))
	f.Add("a.webp", "RIFF")
	f.Fuzz(func(t *testing.T, name, content string) {
		media, err := check(name, strings.NewReader(content), int64(len(content)))
		if (err == nil) != (media != "") || (err != nil && !fault.Is(err, fault.Invalid)) {
			t.Errorf("%q: %q, %v", name, media, err)
		}
	})
}
