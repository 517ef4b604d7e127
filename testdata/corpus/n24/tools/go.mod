module example.com/n24/tools

go 1.26
