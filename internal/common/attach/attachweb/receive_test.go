package attachweb

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/kit/fault"
)

// Whatever is posted, a file is handed on with the size it has, or the field is
// told what is wrong.
func FuzzReceive(f *testing.F) {
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhei\r\n--x--\r\n")
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhei\r\n--x--\r\n")
	f.Add("application/x-www-form-urlencoded", "file=1")
	f.Add("multipart/form-data", "")
	f.Fuzz(func(t *testing.T, kind, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		taken := false
		err := receive(r, func(u attach.Upload) error {
			taken = true
			data, err := io.ReadAll(u.Content)
			if int64(len(data)) != u.Size || u.Name == "" {
				t.Errorf("%q of %d bytes, said %d", u.Name, len(data), u.Size)
			}
			return err
		})
		if taken == (err != nil) || (err != nil && !fault.Is(err, fault.Invalid)) {
			t.Errorf("taken %v, %v", taken, err)
		}
	})
}
