package api

deny[msg] {
    startswith(input.path, "/customer/v1/")
    msg := "use v2"
}
