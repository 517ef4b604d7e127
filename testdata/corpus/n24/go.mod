module example.com/n24

go 1.26

require example.com/orbitclient v1.3.0
