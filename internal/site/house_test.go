package site_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site"
)

// open opens the whole house on an empty database.
func open(t *testing.T) *site.Site {
	t.Helper()
	s, err := site.Open(context.Background(), site.Config{DB: "sqlite:" + filepath.Join(t.TempDir(), "house.db"), PublicURL: "http://example.no"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestTemplates type-checks every page against its view.
func TestTemplates(t *testing.T) {
	views := open(t).Door().Views
	if len(views.Names()) == 0 {
		t.Fatal("no pages")
	}
	for _, err := range views.Check() {
		t.Error(err)
	}
}

// TestRoutes lists the routes that anybody may use: the list is short, and a
// new one is added here by someone who has thought about it.
func TestRoutes(t *testing.T) {
	want := map[string]bool{}
	data, err := os.ReadFile("testdata/public-routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
		want[line] = true
	}
	seen := map[string]bool{}
	for _, r := range open(t).Door().Routes() {
		name := r.Method + " " + r.Path
		if seen[name] {
			t.Errorf("%s is registered twice", name)
		}
		seen[name] = true
		if r.Rule.IsPublic() && !want[name] {
			t.Errorf("%s is open to all but not in testdata/public-routes.txt", name)
		}
		if !r.Rule.IsPublic() && want[name] {
			t.Errorf("%s is listed as public but asks for %s", name, r.Rule)
		}
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("%s is listed as public but does not exist", name)
		}
	}
}

// TestTexts holds the catalogues against each other and against their use: the
// same keys and values in every language, every key that is used exists, and
// every key that exists is used.
func TestTexts(t *testing.T) {
	s := open(t)
	bundle := s.Door().Texts
	for _, problem := range bundle.Check() {
		t.Error(problem)
	}
	used, prefixes := keysInGo(t)
	for _, name := range s.Door().Views.Names() {
		for _, tmpl := range s.Door().Views.Template(name).Templates() {
			if tmpl.Tree == nil {
				continue
			}
			keysInTree(name, tmpl.Tree.Root, used)
			if word := wordsInTemplate(tmpl.Tree.Root); word != "" {
				t.Errorf("%s: template %s has the word %q; texts belong in the catalogues", name, tmpl.Name(), word)
			}
		}
	}
	for key, where := range used {
		if !bundle.Has(i18n.Key(key)) {
			t.Errorf("%s uses the key %q, which is not in the catalogues", where, key)
		}
	}
	for _, key := range bundle.Keys() {
		if _, ok := used[string(key)]; !ok && !hasPrefix(string(key), prefixes) {
			t.Errorf("the key %q is used nowhere", key)
		}
	}
}

func hasPrefix(key string, prefixes map[string]bool) bool {
	for p := range prefixes {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

// keyShape is what a message key looks like: at least one dot, lower case.
var keyShape = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)

// keysInGo finds the literals that are message keys: those handed to T, to a
// fault or to a field of type Key, told by their shape and by standing where a
// key stands. A literal that ends in a dot and is joined to something, such as
// "org.kind." + kind, is a prefix.
func keysInGo(t *testing.T) (keys map[string]string, prefixes map[string]bool) {
	t.Helper()
	keys, prefixes = map[string]string{}, map[string]bool{}
	bundle := open(t).Door().Texts
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "var") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && keyShape.MatchString(s) && bundle.Has(i18n.Key(s)) {
					keys[s] = path
				}
			case *ast.CallExpr:
				if s := keyArgument(n); s != "" {
					keys[s] = path
				}
			case *ast.BinaryExpr:
				if lit, ok := n.X.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, err := strconv.Unquote(lit.Value); err == nil && strings.HasSuffix(s, ".") && strings.Contains(s, ".") {
						prefixes[s] = true
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys, prefixes
}

// keyArgument is the literal key of a call that certainly takes one: x.T(key),
// fault.New(kind, key), fault.InvalidField(name, key), fs.Add(name, key).
func keyArgument(call *ast.CallExpr) string {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	at := map[string]int{"T": 0, "New": 1, "InvalidField": 1, "Refuse": 1}
	i, known := at[sel.Sel.Name]
	if !known || len(call.Args) <= i {
		return ""
	}
	if x, ok := sel.X.(*ast.Ident); sel.Sel.Name == "New" && (!ok || x.Name != "fault") {
		return ""
	}
	lit, ok := call.Args[i].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	if s, err := strconv.Unquote(lit.Value); err == nil && keyShape.MatchString(s) {
		return s
	}
	return ""
}

// What is left of a template's source without its actions, comments and tags
// is what readers would see of it.
var (
	actions     = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	tags        = regexp.MustCompile(`(?s)<[^>]*>`)
	visibleText = regexp.MustCompile(`\p{L}{2,}`)
)

// wordsInTemplate finds a word that stands in the template itself. A block
// without any tag is a piece of one, such as a list of attributes.
func wordsInTemplate(root *parse.ListNode) string {
	source := actions.ReplaceAllString(root.String(), "")
	if !strings.Contains(source, "<") {
		return ""
	}
	return visibleText.FindString(tags.ReplaceAllString(source, " "))
}

// keysInTree finds {{$.T "key"}} in a template.
func keysInTree(page string, node parse.Node, used map[string]string) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			keysInTree(page, child, used)
		}
	case *parse.ActionNode:
		keysInPipe(page, n.Pipe, used)
	case *parse.IfNode:
		keysInBranch(page, &n.BranchNode, used)
	case *parse.RangeNode:
		keysInBranch(page, &n.BranchNode, used)
	case *parse.WithNode:
		keysInBranch(page, &n.BranchNode, used)
	case *parse.TemplateNode:
		keysInPipe(page, n.Pipe, used)
	}
}

func keysInBranch(page string, n *parse.BranchNode, used map[string]string) {
	keysInPipe(page, n.Pipe, used)
	keysInTree(page, n.List, used)
	if n.ElseList != nil {
		keysInTree(page, n.ElseList, used)
	}
}

func keysInPipe(page string, pipe *parse.PipeNode, used map[string]string) {
	if pipe == nil {
		return
	}
	for _, cmd := range pipe.Cmds {
		for _, arg := range cmd.Args {
			switch a := arg.(type) {
			case *parse.StringNode:
				if keyShape.MatchString(a.Text) && !strings.HasPrefix(a.Text, "ui.") {
					used[a.Text] = page
				}
			case *parse.PipeNode:
				keysInPipe(page, a, used)
			}
		}
	}
}
