using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Identity.Companies;

namespace SegFunctions.Customers.Tests.Identity.Companies;

public sealed class CompanyModelTests
{
    private static readonly CompanyModel Model = CompanyModel.Learn([.. new CompanyTable(1, 400).Rows.Select(row => CompanyName.Parse(row.Name))]);

    [Fact]
    public void Comparison_is_symmetric_and_similarity_lies_between_zero_and_one() => Prop.ForAll(CompanyTexts.Any.ToArbitrary(), CompanyTexts.Any.ToArbitrary(), (one, other) =>
    {
        var (left, right) = (Profile(one), Profile(other));
        var evidence = Model.Compare(left, right);
        return evidence == Model.Compare(right, left) && evidence.Similarity is >= 0 and <= 1;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Equal_cores_in_any_order_are_fully_similar() => Prop.ForAll(CompanyTexts.Shuffled.ToArbitrary(), pair =>
        Math.Abs(Model.Compare(Profile(pair.One), Profile(pair.Other)).Similarity - 1) < 1e-9).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("Zirkon GmbH", "Zirkon G.m.b.H.")]
    [InlineData("Zirkon GmbH", "GmbH Zirkon")]
    [InlineData("Zirkonia Lichttechnik GmbH", "Zirkonia Lichttechnik")]
    [InlineData("International Business Machines Corp.", "I.B.M. Corporation")]
    [InlineData("Softhaus Lindau AG", "Soft Haus Lindau AG")]
    [InlineData("Gebr. Wackernagel KG", "Gebrüder Wackernagl KG")]
    [InlineData("Wackernagel & Söhne OHG", "Wackernagel und Sohn OHG")]
    [InlineData("Klein, Daniel and Lubowitz", "Klein, Lubowitz and Daniel")]
    [InlineData("SchummPLC", "Schumm PLC")]
    [InlineData("Zirkon Ltd t/a Blue Lamp", "Blue Lamp Ltd")]
    public void Spellings_of_one_company_speak_for_it(string one, string other) => Assert.True(Weight(one, other) > 5, $"{Weight(one, other)}");

    [Theory]
    [InlineData("Siemens AG", "Siemens Healthineers AG", "Siemens AG München")]
    [InlineData("Peugeot Deutschland GmbH", "Peugeot France SA", "Peugeot GmbH")]
    [InlineData("Bau Wackernagel 1", "Bau Wackernagel 2", "Bau Wackernagel")]
    [InlineData("Kling Group", "Kling and Sons", "Klingg Group")]
    [InlineData("Wackernagel Bank", "Hagelkorn Bank", "Wackernagel Bank AG")]
    [InlineData("Mayer Ltd", "Mayer PLC", "Mayer")]
    [InlineData("Fadel, Klein and Lubowitz", "Klein, Daniel and Lubowitz", "Fadel, Klein and Lubowits")]
    public void Another_company_is_further_away_than_another_spelling(string name, string company, string spelling) =>
        Assert.True(Weight(name, company) < Weight(name, spelling) - 1.5, $"{Weight(name, company)} {Weight(name, spelling)}");

    [Fact]
    public void Rare_words_decide()
    {
        Assert.True(Weight("Xylander Consulting", "Xylander Bank") > Weight("Xylander Consulting", "Hagelkorn Consulting") + 3);
    }

    [Theory]
    [InlineData("Zirkon GmbH", "Zirkon GmbH", FormAgreement.Same)]
    [InlineData("Zirkon", "Zirkon", FormAgreement.Neither)]
    [InlineData("Zirkon Ltd", "Zirkon Lwd", FormAgreement.Misspelled)]
    [InlineData("Zirkon GmbH", "Zirkon", FormAgreement.OneMissing)]
    [InlineData("Zirkon GmbH", "Zirkon Ltd", FormAgreement.Alike)]
    [InlineData("Zirkon GmbH", "Zirkon AG", FormAgreement.Different)]
    public void Legal_forms_agree_as_they_should(string one, string other, FormAgreement agreement) => Assert.Equal(agreement, Model.Compare(Profile(one), Profile(other)).Form);

    [Fact]
    public void Evidence_falls_from_the_same_form_to_another()
    {
        double[] weights = [Weight("Zirkon GmbH", "Zirkon GmbH"), Weight("Zirkon GmbH", "Zirkon"), Weight("Zirkon GmbH", "Zirkon Ltd"), Weight("Zirkon GmbH", "Zirkon AG")];

        Assert.Equal(weights.OrderDescending(), weights);
    }

    [Theory]
    [InlineData("Siemens AG", "Siemens AG München", CompanyConflict.None)]
    [InlineData("Peugeot Deutschland", "Peugeot France", CompanyConflict.Place)]
    [InlineData("Bau Wackernagel 1", "Bau Wackernagel 2", CompanyConflict.Number)]
    [InlineData("Siemens Energy", "Siemens Healthineers", CompanyConflict.Word)]
    public void What_keeps_companies_apart_is_told(string one, string other, CompanyConflict conflict) => Assert.Equal(conflict, Model.Compare(Profile(one), Profile(other)).Conflict);

    [Fact]
    public void Names_in_a_table_of_two_rows_find_each_other()
    {
        var names = new[] { "Wackernagel Bau GmbH", "Wackernagel Bau G.m.b.H." }.Select(CompanyName.Parse).ToArray();
        var model = CompanyModel.Learn(names);

        Assert.True(model.Compare(model.Profile(names[0]), model.Profile(names[1])).Weight > 7);
    }

    [Fact]
    public void A_stored_model_compares_to_the_same_bit()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            Model.Save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var loaded = CompanyModel.Load(reader);
        var rows = new CompanyTable(2, 60).Rows;
        foreach (var one in rows)
        {
            foreach (var other in rows)
                Assert.Equal(Compare(Model, one.Name, other.Name), Compare(loaded, one.Name, other.Name));
        }
    }

    [Fact]
    public void Names_of_one_company_share_a_key()
    {
        var rows = new CompanyTable(3, 2000).Rows;
        var keys = rows.Select(row => CompanyModel.Keys(Profile(row.Name)).ToHashSet()).ToArray();
        var pairs = CompanyTable.Pairs(rows).ToArray();

        var missed = pairs.Where(pair => !keys[pair.Left].Overlaps(keys[pair.Right])).Select(pair => rows[pair.Left].Name + " | " + rows[pair.Right].Name).ToArray();
        Assert.True(missed.Length <= 0.03 * pairs.Length, $"{missed.Length} of {pairs.Length}: {string.Join("; ", missed.Take(10))}");
    }

    private static CompanyProfile Profile(string name) => Model.Profile(CompanyName.Parse(name));

    private static double Weight(string one, string other) => Model.Compare(Profile(one), Profile(other)).Weight;

    private static CompanyEvidence Compare(CompanyModel model, string one, string other) => model.Compare(model.Profile(CompanyName.Parse(one)), model.Profile(CompanyName.Parse(other)));
}
