module example.com/corpus/h28

go 1.26
