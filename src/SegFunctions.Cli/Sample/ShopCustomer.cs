namespace SegFunctions.Cli.Sample;

/// <summary>One simulated customer with the traits that its orders come from.</summary>
/// <param name="Id">As the exports write it.</param>
/// <param name="Habit">The kind of buyer.</param>
/// <param name="Home">Country.</param>
/// <param name="Joined">First order, UTC.</param>
/// <param name="Left">From then on there are no more orders, UTC.</param>
/// <param name="GapDays">Mean days between two orders while the customer is active.</param>
/// <param name="Spending">Multiplies quantities.</param>
internal sealed record ShopCustomer(
    string Id, ShopHabit Habit, string Home, DateTime Joined, DateTime Left, double GapDays, double Spending,
    string GivenName, string FamilyName, int BirthYear)
{
    private static readonly (ShopHabit Habit, double Share)[] Habits =
    [
        (ShopHabit.OneTime, 0.27), (ShopHabit.Loyal, 0.16), (ShopHabit.Regular, 0.24),
        (ShopHabit.Seasonal, 0.10), (ShopHabit.Lapsing, 0.19), (ShopHabit.Office, 0.04),
    ];

    private static readonly (string Country, double Share)[] Countries =
    [
        ("France", 0.30), ("United Kingdom", 0.26), ("Germany", 0.20), ("Belgium", 0.10), ("Netherlands", 0.08), ("Switzerland", 0.06),
    ];

    private static readonly string[] GivenNames =
    [
        "Emma", "Louis", "Léa", "Hugo", "Chloé", "Jules", "Anna", "Felix", "Mia", "Ben", "Olivia", "Jack", "Amelia", "Harry",
        "Sophie", "Daan", "Lotte", "Noah", "Camille", "Zoë", "Jürgen", "Käthe", "André", "Inès", "Thomas", "Sarah",
    ];

    private static readonly string[] FamilyNames =
    [
        "Martin", "Bernard", "Dubois", "Müller", "Schmidt", "Weber", "Smith", "Jones", "Taylor", "Brown", "Peeters", "Janssens",
        "De Vries", "Jansen", "Keller", "Meier", "O'Connor", "Lefèvre", "Größl", "Girard", "Moreau", "Wright", "Baker", "Van Dijk",
    ];

    /// <summary>Draws a customer; newcomers become more frequent as the shop grows.</summary>
    public static ShopCustomer Create(int number, Random random)
    {
        var habit = Draw(Habits, random);
        var lifetimeDays = (ShopSample.Closing - ShopSample.Opening).TotalDays;
        var joined = ShopSample.Opening.AddDays(lifetimeDays * Math.Sqrt(random.NextDouble()) * 0.985);
        var (gapDays, stayDays) = habit switch
        {
            ShopHabit.Loyal => (Spread(24, 0.35, random), Exponential(2400, random)),
            ShopHabit.Regular => (Spread(62, 0.4, random), Exponential(700, random)),
            ShopHabit.Seasonal => (Spread(110, 0.3, random), Exponential(1500, random)),
            ShopHabit.Lapsing => (Spread(30, 0.5, random), 20 + Exponential(120, random)),
            ShopHabit.Office => (Spread(14, 0.3, random), Exponential(1800, random)),
            _ => (1.0, 0.0),
        };
        return new ShopCustomer(
            // A permutation of the eight-digit numbers: every customer has an id of its own, and no order shows in it.
            Id: $"{10_000_000 + number * 7919L % 90_000_000}",
            habit,
            Draw(Countries, random),
            joined,
            joined.AddDays(stayDays),
            gapDays,
            Spending: habit == ShopHabit.Office ? Spread(6, 0.4, random) : Spread(1, 0.45, random),
            GivenNames[random.Next(GivenNames.Length)],
            FamilyNames[random.Next(FamilyNames.Length)],
            BirthYear: 1945 + random.Next(60));
    }

    /// <summary>An exponential draw with that mean.</summary>
    public static double Exponential(double mean, Random random) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>A log-normal draw around <paramref name="centre"/>.</summary>
    private static double Spread(double centre, double sigma, Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return centre * Math.Exp(sigma * normal);
    }

    private static T Draw<T>((T Value, double Share)[] choices, Random random)
    {
        var point = random.NextDouble();
        foreach (var (value, share) in choices)
        {
            point -= share;
            if (point < 0)
                return value;
        }

        return choices[^1].Value;
    }
}
