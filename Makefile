# Aliases of ./run and ./test, for those who type make.
.PHONY: run fresh test lint unit whole
run:
	./run
fresh:
	./run --fresh
test:
	./test
lint unit whole:
	./test $@
