package draw

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"syscall"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
)

// files draws a question that asks for files: where they are chosen, what may be
// chosen, and those that were sent.
func (p Page) files(out *ui.Asked, q question.Question, v question.Value) {
	f := p.head(question.FieldOf(q.Name), q)
	f.Kind, f.Required = form.File, q.Required && v.IsEmpty()
	like := attachview.FileField(p.Printer, "attach.add")
	var names []string
	for _, x := range attach.Formats() {
		names = append(names, x.Extension)
	}
	f.Hint = strings.TrimSpace(f.Hint + " " + p.T("draw.files", "max", q.MostFiles(), "formats", strings.Join(names, ", "), "max_mb", attach.MaxSize>>20))
	f.Attrs = like.Attrs
	if q.MostFiles() > 1 {
		f.Attrs = append(slices.Clone(f.Attrs), form.Attr{Name: "multiple", Value: "multiple"})
	}
	out.Fields = []form.Field{f}
	if p.Writes && !p.KeepsNone {
		out.Send = ui.Action{Label: p.T("draw.files.send"), Context: f.Label, Submit: true, Variant: ui.Secondary, Name: actField, Value: actSend + ":" + q.Name, NoCheck: true}
	}
	for _, sent := range v.Files {
		one := ui.AskedFile{Name: sent.Name, Size: attachview.Size(p.Printer, sent.Size)}
		if p.FileHref != nil {
			one.Href = p.FileHref(sent)
		}
		switch {
		case p.KeepsNone:
			one.Note = p.T("draw.files.not_kept")
		case p.Writes:
			one.Remove = ui.Action{Label: p.T("draw.files.remove"), Context: sent.Name, Submit: true, Variant: ui.Tertiary, Name: actField, Value: actDrop + ":" + q.Name + ":" + sent.ID, NoCheck: true}
		}
		out.Files = append(out.Files, one)
	}
	out.Told = p.told(q, v)
}

// Arrived is a file that was posted for a question. Err is what is wrong with it
// already: it came too large, or is no file.
type Arrived struct {
	Question string
	attach.Upload
	Err error
}

// Posted are the files of a form, held until Close.
type Posted struct {
	Files []Arrived
	held  []*os.File
}

// Close throws away what was held.
func (p *Posted) Close() {
	for _, f := range p.held {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
}

// mostText is how much of a form is text at most, in bytes: names, values, and
// what it costs to keep a field, so that a million empty ones do not fit either.
const (
	mostText  = 4 << 20
	fieldCost = 40
)

// Receive reads a posted form into r.PostForm, also one that carries files, which
// it answers. A form that is cut off because it is too large is read as far as it
// came, and the file that was too much is told so: what was typed before it is not
// lost. Nothing is held when there is an error.
func Receive(r *http.Request) (*Posted, error) {
	out := &Posted{}
	if err := out.receive(r); err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}

func (p *Posted) receive(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	body := &noting{ReadCloser: r.Body}
	r.Body = body
	parts, err := r.MultipartReader()
	if err != nil {
		if errors.Is(err, http.ErrNotMultipart) {
			return nil
		}
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	r.PostForm = url.Values{}
	left := int64(mostText)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = p.part(r, part, &left)
		}
		if err == nil {
			continue
		}
		var tooLarge *http.MaxBytesError
		if errors.As(body.err, &tooLarge) && len(p.Files) > 0 {
			p.Files[len(p.Files)-1].Err = errTooLarge()
			return nil
		}
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errKeep) {
			return err
		}
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
}

// noting remembers why a body could not be read: cut off in the header of a part, it
// comes from the reader of the form as a header that is malformed.
type noting struct {
	io.ReadCloser
	err error
}

func (n *noting) Read(b []byte) (int, error) {
	count, err := n.ReadCloser.Read(b)
	if err != nil && n.err == nil {
		n.err = err
	}
	return count, err
}

// errKeep tells that a file could not be held here, which is not the sender's fault.
var errKeep = errors.New("draw: file not held")

func errTooLarge() error {
	return fault.InvalidField(attach.Field, "attach.error.too_large", "max_mb", attach.MaxSize>>20)
}

// part reads one part of the form: a field, or a file of a question. A file field
// that was left empty is nothing.
func (p *Posted) part(r *http.Request, part *multipart.Part, left *int64) error {
	name := part.FormName()
	if !strings.Contains(part.Header.Get("Content-Disposition"), "; filename") {
		written, err := io.ReadAll(io.LimitReader(part, max(*left, 0)+1))
		if *left -= int64(len(name) + len(written) + fieldCost); *left < 0 {
			return errors.New("too much text")
		}
		if err == nil {
			r.PostForm.Add(name, string(written))
		}
		return err
	}
	asked, ok := strings.CutPrefix(name, question.AnswersField+".")
	if !ok || part.FileName() == "" {
		_, err := io.Copy(io.Discard, part)
		return err
	}
	if len(p.Files) >= attach.MaxDocuments {
		// Each file held is open: no more are held than a thing has room for.
		p.Files[len(p.Files)-1].Err = fault.InvalidField(attach.Field, "attach.error.too_many", "max", attach.MaxDocuments)
		_, err := io.Copy(io.Discard, part)
		return err
	}
	p.Files = append(p.Files, Arrived{Question: asked, Upload: attach.Upload{Name: part.FileName()}})
	return p.hold(part)
}

// hold writes the last file to disk while it waits.
func (p *Posted) hold(part io.Reader) error {
	to, err := os.CreateTemp("", "answer-*")
	last := &p.Files[len(p.Files)-1]
	if err != nil {
		return errors.Join(errKeep, err)
	}
	p.held = append(p.held, to)
	n, err := io.Copy(to, io.LimitReader(part, attach.MaxSize+1))
	last.Content, last.Size = to, n
	switch {
	case errors.Is(err, syscall.ENOSPC):
		last.Err = fault.InvalidField(attach.Field, "attach.error.full")
	case err != nil:
		return err
	case n > attach.MaxSize:
		last.Err = errTooLarge()
	}
	_, err = io.Copy(io.Discard, part)
	return err
}

// links are the files of an answer to read.
func (p Page) links(v question.Value) []ui.Link {
	out := make([]ui.Link, len(v.Files))
	for i, f := range v.Files {
		out[i].Label = f.Name
		if p.FileHref != nil {
			out[i].Href = p.FileHref(f)
		}
	}
	return out
}
