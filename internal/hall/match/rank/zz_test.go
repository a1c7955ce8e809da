package rank
import ("testing";"fmt";"os";"strings"
"kompetansetorg/internal/common/vocab")
func BenchmarkBig(b *testing.B){
 v,err:=vocab.Load(vocab.Options{}); if err!=nil{b.Fatal(err)}
 data,_:=os.ReadFile("/work/shared/data/matching/programmes.tsv")
 lines:=strings.Split(strings.TrimSpace(string(data)),"\n")[1:]

 var docs []Document
 var sents []string
 for _,l:=range lines{ c:=strings.Split(l,"\t"); sents=append(sents,strings.Split(c[7],". ")...)}
 for i:=range 20000 { c:=strings.Split(lines[i%len(lines)],"\t"); d:=Document{ID:fmt.Sprint(i),Title:c[1],Body:sents[i*7%len(sents)]+". "+sents[i*3%len(sents)],Outcomes:c[8],Occupations:strings.Split(c[9],","),Level:Level(c[3])}; docs=append(docs,d) }
 x:=0
 _=x
 y:=build(docs,v,nil)
 text:="Sykehjemmet hadde omgangssyke i to runder i vinter. De som vasker gjør det på ni forskjellige måter, og noen snakker lite norsk."
 l:=v.Link(text,vocab.LinkOptions{})
 b.Run("search",func(b *testing.B){ b.ReportAllocs(); for range b.N { y.Search(Query{Text:text,Linked:l},40) } })
 b.Run("link",func(b *testing.B){ b.ReportAllocs(); for range b.N { v.Link(text,vocab.LinkOptions{}) } })
 b.Run("why40",func(b *testing.B){ b.ReportAllocs(); for range b.N { for d:=range 40 {y.Why(Query{Text:text,Linked:l},d) }} })
}
