using SegFunctions.Customers.Identity.Normalisation;
using SegFunctions.Customers.Identity.Strings;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Tests.Identity.Normalisation;

public sealed class NormalisationTests
{
    [Theory]
    [InlineData(" ANN.Smith+news@GMail.com ", "annsmith@gmail.com")]
    [InlineData("a.n.n.smith@googlemail.com", "annsmith@gmail.com")]
    [InlineData("Ann <ann.s@example.org>", "ann.s@example.org")]
    [InlineData("mailto:ann.s@example.org", "ann.s@example.org")]
    [InlineData("test@example.org", "")]
    [InlineData("ann@localhost", "")]
    [InlineData("no mail", "")]
    [InlineData("@example.org", "")]
    public void Addresses_have_one_spelling_and_nobodys_are_none(string text, string expected)
    {
        var target = new char[text.Length + 16];
        Assert.Equal(expected, new string(target, 0, EmailForm.Write(text, target, out _)));
    }

    [Theory]
    [InlineData("jon.smith@a.example", "john.smith@a.example", true)]
    [InlineData("smith71@a.example", "smith72@a.example", false)]
    [InlineData("ann@a.example", "bob@a.example", false)]
    public void A_slip_in_an_address_is_one_of_letters(string one, string other, bool expected)
    {
        var pool = new TextPool();
        Assert.Equal(expected, EmailForm.IsSlip(pool, pool.Add(one), pool.Add(other)));
    }

    [Theory]
    [InlineData("+44 20 7946 0958", "2079460958")]
    [InlineData("(020) 7946-0958", "2079460958")]
    [InlineData("0044 20 79460958 ext. 12", "2079460958")]
    [InlineData("+49 (0)30 123456", "30123456")]
    [InlineData("+1 (555) 000-0811", "5550000811")]
    [InlineData("1-555-000-0811", "5550000811")]
    [InlineData("0000000000", "")]
    [InlineData("1234567890", "")]
    [InlineData("-1", "")]
    [InlineData("12345", "")]
    public void Numbers_are_what_one_dials_within_the_country(string text, string expected)
    {
        var target = new char[PhoneForm.Longest];
        Assert.Equal(expected, new string(target, 0, PhoneForm.Write(text, target)));
    }

    [Theory]
    [InlineData("12 main st", "12", "main street", "")]
    [InlineData("hauptstr 12 b", "12b", "haupt street", "")]
    [InlineData("hauptstrasse 12b", "12b", "haupt street", "")]
    [InlineData("12 rue de la paix", "12", "rue de la paix", "")]
    [InlineData("517 mill ln apt 44", "517", "mill lane", "44")]
    [InlineData("flat 3 10 high rd", "10", "high road", "3")]
    [InlineData("5 42nd street", "5", "42nd street", "")]
    [InlineData("apt", "", "apt", "")]
    public void Address_lines_are_taken_apart(string line, string number, string street, string flat)
    {
        Span<char> numbers = new char[line.Length];
        Span<char> streets = new char[(line.Length * 5) + 16];
        Span<char> flats = new char[line.Length];
        new StreetForm(line).Read(numbers, out var numberLength, streets, out var streetLength, flats, out var flatLength);
        Assert.Equal((number, street, flat), (numbers[..numberLength].ToString(), streets[..streetLength].ToString(), flats[..flatLength].ToString()));
    }

    [Theory]
    [InlineData("1980-02-29", 19800229)]
    [InlineData("29/02/1980", 19800229)]
    [InlineData("19800229", 19800229)]
    [InlineData("29021980", 19800229)]
    [InlineData("1980-70-15", 19807015)]
    [InlineData("1980", 19800000)]
    [InlineData("1900-01-01", 0)]
    [InlineData("soon", 0)]
    [InlineData("", 0)]
    public void Days_of_birth_keep_their_digits(string text, int expected) => Assert.Equal(expected, BirthDateForm.Read(text, DateOrder.DayMonthYear));

    [Theory]
    [InlineData("Dr. John Smith Jr.", "john", "smith", 2)]
    [InlineData("SMITH, John", "john", "smith", 0)]
    [InlineData("Smith, Jr.", "", "smith", 2)]
    [InlineData("Ludwig van Beethoven", "ludwig", "beethoven", 0)]
    [InlineData("Madonna", "", "madonna", 0)]
    [InlineData("unknown", "", "", 0)]
    public void Whole_names_are_taken_apart(string text, string given, string family, int generation) =>
        Assert.Equal(new PersonName(given, family, generation), PersonName.Whole(text, NamePool.Clean));

    [Theory]
    [InlineData("william", "bill", true)]
    [InlineData("giuseppe", "beppe", true)]
    [InlineData("johannes", "hans", true)]
    [InlineData("francisco", "paco", true)]
    [InlineData("johanna", "hanneke", false)]
    [InlineData("susan", "peter", false)]
    public void Pet_names_are_known_in_several_languages(string one, string other, bool expected) => Assert.Equal(expected, Nicknames.Related(one, other));

    [Theory]
    [InlineData("mary", "rnary", true)]
    [InlineData("smith", "5mith", true)]
    [InlineData("smith", "jones", false)]
    public void Names_that_look_alike_are_known(string one, string other, bool expected)
    {
        var names = new NamePool();
        Assert.Equal(expected, names.LookAlike(names.Add(one), names.Add(other)));
    }
}
