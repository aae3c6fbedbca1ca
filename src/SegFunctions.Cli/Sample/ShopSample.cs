namespace SegFunctions.Cli.Sample;

/// <summary>Writes the files of a simulated shop: two order exports in different house styles and the customer list.</summary>
/// <remarks>
/// Two years of a shop for coffee and tea, 2024 and 2025, with seasons, a sale, loyal, regular, seasonal, lapsing and
/// one-time buyers and some offices that order in bulk. Like real exports the files hold duplicates, missing values and
/// wrong rows. The same customers and seed give the same bytes on every machine.
/// </remarks>
internal sealed class ShopSample(int customers, int seed)
{
    /// <summary>First day of the simulated shop, UTC.</summary>
    public static readonly DateTime Opening = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The midnight at which the exports were made, UTC.</summary>
    public static readonly DateTime Closing = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes the files below <paramref name="folder"/>, one sub-folder a dataset.</summary>
    /// <returns>Paths relative to <paramref name="folder"/>, in the order in which they should be uploaded.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var people = new List<ShopCustomer>(customers);
        for (var number = 0; number < customers; number++)
            people.Add(ShopCustomer.Create(number, random));

        var simulation = new OrderSimulation(random);
        var web = new List<ShopOrderLine>();
        var boutique = new List<ShopOrderLine>();
        foreach (var person in people)
        {
            cancellationToken.ThrowIfCancellationRequested();
            simulation.Run(person, person.Home == "France" ? boutique : web);
        }

        web.Sort(ShopOrderLine.ByTime);
        boutique.Sort(ShopOrderLine.ByTime);
        var files = new[] { "customers/customers.csv", "orders/web-shop.csv", "orders/boutique-france.csv" };
        foreach (var file in files)
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        await WriteAsync(files[0], writer => ShopFiles.WriteCustomers(writer, people, random));
        await WriteAsync(files[1], writer => ShopFiles.WriteWebShop(writer, web, random));
        await WriteAsync(files[2], writer => ShopFiles.WriteBoutique(writer, boutique, random));
        return files;

        async Task WriteAsync(string file, Action<TextWriter> write)
        {
            await using var writer = new StreamWriter(Path.Combine(folder, file)) { NewLine = "\n" };
            write(writer);
            await writer.FlushAsync(cancellationToken);
        }
    }
}
