module acme.example/licensing

go 1.24
