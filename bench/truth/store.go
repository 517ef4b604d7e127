package main

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
)

// A store is a file of results, so that a long measurement that was ended can go on. Each line is the JSON of one
// record. A line that was being written when the measurement ended is dropped.
type store struct {
	file  *os.File
	about string // what the results depend on beside the programs
	known map[string][]stored
	mu    sync.Mutex
}

// A record holds the results of programs that were judged together.
type record struct {
	Key     string // of the programs, of the tool that was run on them, and of how that was done
	Results []stored
}

// stored is a result without what its program says.
type stored struct {
	Name              string
	Verdict, Together judge.Verdict
	Evidence          []string          `json:",omitempty"`
	Due, Did          int               `json:",omitempty"`
	After             map[string][]byte `json:",omitempty"` // files that the tool changed, of a program that came out badly
}

// openStore opens a file of results that depend on a tool and on how programs are judged again, or makes it.
func openStore(name, tool, recheck string) (*store, error) {
	binary, err := os.Open(tool)
	if err != nil {
		return nil, err
	}
	defer binary.Close()
	h := sha256.New()
	if _, err := io.Copy(h, binary); err != nil {
		return nil, err
	}
	s := &store{about: hex.EncodeToString(h.Sum(nil)) + " " + recheck, known: map[string][]stored{}}
	if s.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return nil, err
	}
	return s, s.read()
}

// read reads the complete lines, and makes the file end after them.
func (s *store) read() error {
	var size int64
	lines := bufio.NewReader(s.file)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("%s: it has a line that is no result: %w", s.file.Name(), err)
		}
		s.known[r.Key] = r.Results
		size += int64(len(line))
	}
	if err := s.file.Truncate(size); err != nil {
		return err
	}
	_, err := s.file.Seek(size, io.SeekStart)
	return err
}

// key stands for all that the results of the programs depend on.
func (s *store) key(programs []*grammar.Program) string {
	h := sha256.New()
	put(h, s.about)
	for _, p := range programs {
		put(h, p.Name, p.Settings, p.Reruns, p.Expect)
		for _, files := range []map[string][]byte{p.Before, p.Right} {
			for _, name := range slices.Sorted(maps.Keys(files)) {
				put(h, name, string(files[name]))
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func put(h hash.Hash, values ...any) {
	for _, v := range values {
		fmt.Fprintf(h, "%#v\n", v)
	}
}

// find returns the results of the programs, if the store has them.
func (s *store) find(programs []*grammar.Program) []*result {
	if s == nil {
		return nil
	}
	known := s.known[s.key(programs)]
	if len(known) != len(programs) {
		return nil
	}
	var out []*result
	for i, k := range known {
		r := lab.Result{Program: programs[i], After: maps.Clone(programs[i].Before), Outcome: judge.Outcome{Verdict: k.Verdict, Evidence: k.Evidence, Due: k.Due, Did: k.Did}}
		maps.Copy(r.After, k.After)
		out = append(out, &result{Result: r, together: k.Together})
	}
	return out
}

// add writes the results of the programs down.
func (s *store) add(programs []*grammar.Program, results []*result) error {
	if s == nil {
		return nil
	}
	r := record{Key: s.key(programs)}
	for _, res := range results {
		k := stored{Name: res.Program.Name, Verdict: res.Verdict, Together: res.together, Evidence: res.Evidence, Due: res.Due, Did: res.Did}
		for name, text := range res.After {
			if isBad(res.Verdict) && !bytes.Equal(text, res.Program.Before[name]) {
				if k.After == nil {
					k.After = map[string][]byte{}
				}
				k.After[name] = text
			}
		}
		r.Results = append(r.Results, k)
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.file.Write(append(line, '\n'))
	return cmp.Or(err, s.file.Sync())
}

// Close closes the file.
func (s *store) Close() error { return s.file.Close() }
