package analyzer

import "testing"

func TestMayConcern(t *testing.T) {
	tests := []struct {
		src        string
		code, docs bool
	}{
		{`const base = "https://api.orbitflare.com"`, true, true},
		{`const base = "HTTPS://API.OrbitFlare.COM"`, true, true},
		{`u := url.URL{Host: "orbitflare.com"}`, true, true},
		{`p := "/customer/v1/licenses"`, true, true},
		{`p := path.Join("customer", "v1", "licenses")`, true, true},
		{`p := []string{"api", "customer"}`, true, true},
		{"p := `/customer/%s/` + version", true, true},
		{`p := "\x2fcust\u006fmer\U0000002fv1"`, true, true},
		{`p := "/\143ustomer/"`, true, true},
		{`p := "%63ustomer"`, true, true},
		{`p := "\x2563ustomer"`, true, true},
		{`re := "customer/(v1|v2)"`, true, true},
		{`re := "/customer\\/v1"`, true, true},
		{`c := 'v' // customer`, false, true},
		{`// https://api.orbitflare.com/customer/v1`, false, true},
		{`//orbitmigrate:ignore orbit-locations mentions orbitflare`, true, true},
		{`type customer struct{ orbitflare int }`, false, true},
		{`s := "customers"`, false, true},
		{`s := "customer_id"`, false, true},
		{`s := "customer/department=shipping"`, false, true},
		{`s := "/locations"`, false, false},
		{`s := "custom" + "er"`, false, false},
		{`s := "\xzz\u00 \1 %zz %"`, false, false},
		{"s := `customer", true, true}, // not closed
	}
	for _, test := range tests {
		for docs, want := range map[bool]bool{false: test.code, true: test.docs} {
			if got := MayConcern([]byte("package p\n\n"+test.src+"\n"), docs); got != want {
				t.Errorf("%s, docs %v: got %v, want %v", test.src, docs, got, want)
			}
		}
	}
}

func BenchmarkMayConcern(b *testing.B) {
	src := []byte("package p\n")
	for range 1000 {
		src = append(src, "func f(customerID int) string { return fmt.Sprintf(\"%4d \\x41\", customerID) }\n"...)
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		MayConcern(src, false)
	}
}
