using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Preparation;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Preparation;

/// <summary>What happens to rows.</summary>
public sealed class PreparationModelTests
{
    private static readonly Table Customers = SomeTable.Customers();
    private static readonly PreparationModel Model = TablePreparation.Fit(Customers);

    [Fact]
    public void Outliers_are_drawn_in_for_fitting_only()
    {
        var income = Model.OutputNames.ToList().IndexOf("income");
        var fitting = Model.TransformForFitting(Customers);
        var later = Model.Transform(Customers);
        Assert.Equal(4, fitting[17, income]);
        Assert.True(later[17, income] > 50);
        for (var row = 0; row < SomeTable.Rows; row++)
            Assert.Equal(Math.Clamp(later[row, income], -4, 4), fitting[row, income]);
    }

    [Fact]
    public void Numbers_that_are_missing_become_the_median_and_texts_the_most_frequent()
    {
        var prepared = Model.Transform(Customers);
        Assert.Equal(0, prepared[NaNRow("holes"), Place("holes")]);
        Assert.True(prepared[NaNRow("rating"), Place("rating is missing")] > 0);
        Assert.Equal(prepared[7, Place("city = Lyon")], Model.Transform(With("city", TextColumn.FromCells("city", SomeTable.Texts(_ => "Lyon"))))[7, Place("city = Lyon")]);
        Assert.Equal(0, prepared[7, Place("city = Paris")]);
    }

    [Fact]
    public void A_row_has_one_text_of_each_category_and_a_text_never_seen_is_another()
    {
        var places = Enumerable.Range(0, Model.Outputs.Count).Where(output => Model.Outputs[output].Part is OutputPart.Level or OutputPart.OtherLevels).ToArray();
        var height = Model.Transform(Customers)[0, places[0]] + Model.Transform(Customers)[0, places[1]] + Model.Transform(Customers)[0, places[2]];
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var prepared = Model.Transform(With("city", TextColumn.FromCells("city", SomeTable.Texts(row => row == 3 ? text : "Paris"))));
            var known = text is null || CellText.IsMissing(text) || text.Trim() is "Lyon" or "Paris" or "Lille";
            return places.Sum(place => prepared[3, place]) == height && (known || prepared[3, Place("city = (other)")] == height);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Without_a_column_for_other_texts_one_never_seen_is_none_of_those_known()
    {
        var model = TablePreparation.Fit(new Table([TextColumn.FromCells("colour", SomeTable.Texts(row => row % 2 == 0 ? "red" : "blue"))]));
        var prepared = model.Transform(new Table([TextColumn.FromCells("colour", ["green", "red", " blue "])]));
        Assert.Equal([0, 0], prepared.Row(0));
        Assert.Equal(["colour = blue", "colour = red"], model.OutputNames);
        Assert.True(prepared[1, 1] > 0 && prepared[2, 0] > 0);
    }

    [Fact]
    public void Columns_are_found_by_name_and_those_left_out_need_not_come()
    {
        var needed = Customers.Columns.Where(column => Model.On(column.Name).Kept).Reverse().ToList();
        Assert.Equal(Model.Transform(Customers).Values, Model.Transform(new Table(needed)).Values);
        var message = Assert.Throws<ArgumentException>(() => Model.Transform(new Table([.. needed.Where(column => column.Name is not ("age" or "city"))]))).Message;
        Assert.Contains("lacks the columns \"age\", \"city\" of the fit", message);
    }

    [Fact]
    public void A_cell_that_cannot_be_read_is_refused_with_its_place_and_the_cure()
    {
        var age = Assert.Throws<ArgumentException>(() => Model.Transform(With("age", TextColumn.FromCells("age", SomeTable.Texts(row => row == 41 ? "forty" : "40"))))).Message;
        Assert.Equal("Row 41, column 1 (\"age\"; both counted from 0) holds \"forty\", which is not a number with a decimal point. Correct it, leave it empty, or name the column's kind as Category when fitting.", age);
        var online = Assert.Throws<ArgumentException>(() => Model.Transform(With("online", new NumericColumn("online", SomeTable.Numbers(row => row == 3 ? 0.5 : row == 4 ? double.NaN : 1))))).Message;
        Assert.Contains("Row 3, column 6 (\"online\"; both counted from 0) holds 0.5; the column says yes or no by 1 or 0.", online);
        var joined = Assert.Throws<ArgumentException>(() => Model.Transform(With("joined", TextColumn.FromCells("joined", SomeTable.Texts(_ => "soon"))))).Message;
        Assert.Contains("Row 0, column 10 (\"joined\"; both counted from 0) holds \"soon\", which is not a date written year-month-day.", joined);
    }

    [Fact]
    public void Cells_may_come_as_texts_where_the_fit_had_numbers_and_the_other_way_round()
    {
        var spend = ((NumericColumn)Customers.Columns.Single(column => column.Name == "spend")).Values;
        Assert.Equal(Model.Transform(Customers).Values, Model.Transform(With("spend", TextColumn.FromCells("spend", [.. spend.Select(value => value.ToString("R"))]))).Values);
        var codes = TablePreparation.Fit(new Table([TextColumn.FromCells("code", SomeTable.Texts(row => row % 2 == 0 ? "7" : "x"))]));
        Assert.Equal(codes.Transform(new Table([TextColumn.FromCells("code", ["7"])])).Values, codes.Transform(new Table([new NumericColumn("code", [7])])).Values);
    }

    [Fact]
    public void Threads_never_change_a_byte_and_a_stored_preparation_does_the_same()
    {
        foreach (var share in (double?[])[null, 0.7])
        {
            var one = TablePreparation.Fit(Customers, new PreparationOptions { Threads = 1, PrincipalShare = share });
            var many = TablePreparation.Fit(Customers, new PreparationOptions { Threads = 5, PrincipalShare = share });
            var bytes = Some.Bytes(one.Save);
            Assert.Equal(bytes, Some.Bytes(many.Save));
            Assert.Equal(one.Transform(Customers, threads: 1).Values, many.Transform(Customers, threads: 3).Values);
            var loaded = PreparationModel.Load(new MemoryStream(bytes));
            Assert.Equal(bytes, Some.Bytes(loaded.Save));
            Assert.Equal(one.Transform(Customers).Values, loaded.Transform(Customers).Values);
            Assert.Equal(one.Report, loaded.Report);
            Assert.Equal(one.Outputs, loaded.Outputs);
        }
    }

    [Fact]
    public void A_damaged_header_is_refused_as_such_or_does_no_harm()
    {
        var bytes = Some.Bytes(TablePreparation.Fit(Customers, new PreparationOptions { PrincipalShare = 0.5 }).Save);
        var end = 12 + BitConverter.ToInt32(bytes, 8);
        for (var at = 12; at < end; at += 29)
        {
            foreach (var value in (byte[])[(byte)'9', (byte)'-', (byte)'['])
            {
                var damaged = bytes.ToArray();
                damaged[at] = value;
                if (Record.Exception(() => PreparationModel.Load(new MemoryStream(damaged))) is { } exception)
                    Assert.IsType<InvalidDataException>(exception);
            }
        }
    }

    [Fact]
    public void Dates_may_be_written_as_eight_digits()
    {
        double[] digits = [20240131, 20240201, double.NaN, 20231231];
        double[] days = [19753, 19754, double.NaN, 19722];
        var model = TablePreparation.Fit(new Table([new NumericColumn("joined", digits)]));
        Assert.StartsWith("joined: dates written as eight digits, counted in days. 1 of 4 values is missing and becomes the median (31 Jan 2024).", model.Report[0].Reason.En);
        var expected = model.Transform(new Table([new DateColumn("joined", days)])).Values;
        Assert.Equal(expected, model.Transform(new Table([new NumericColumn("joined", digits)])).Values);
        Assert.Equal(expected, model.Transform(new Table([TextColumn.FromCells("joined", ["20240131", "2024-02-01", null, "2023-12-31"])])).Values);
        Assert.Contains("Row 1, column 0 (\"joined\"; both counted from 0) holds 20240230, which is no date", Assert.Throws<ArgumentException>(() => model.Transform(new Table([new NumericColumn("joined", [20240131, 20240230])]))).Message);
    }

    [Fact]
    public void Single_rows_of_numbers_are_prepared_as_tables_are_and_without_allocating()
    {
        var rows = Some.Normal(300, 5);
        var values = rows.Values.ToArray();
        for (var i = 0; i < values.Length; i += 7)
            values[i] = i % 2 == 0 ? double.NaN : 50;
        rows = new Matrix(300, 5, values);
        var model = TablePreparation.Fit(Table.Of(rows, ["a", "b", "c", "d", "e"]));
        var together = model.TransformForFitting(rows);
        var prepared = new double[model.Outputs.Count];
        for (var row = 0; row < 300; row++)
        {
            model.PrepareForFitting(rows.Row(row), prepared);
            Assert.Equal(together.Row(row), prepared);
        }

        Assert.Equal(0, Allocation.Of(() => model.PrepareForFitting(rows.Row(5), prepared)));
        Assert.Contains("\"city\" holds texts", Assert.Throws<InvalidOperationException>(() => Model.PrepareForFitting(new double[16], new double[Model.Outputs.Count])).Message);
    }

    [Fact]
    public void Prepared_by_scale_only_numbers_remain_with_mean_0_and_deviation_1()
    {
        var model = TablePreparation.Fit(Customers, new PreparationOptions { Mode = PrepareMode.Scale });
        Assert.Equal(["customer_id", "age", "spend", "spend_cents", "income", "balance", "online", "rating", "holes", "joined"], model.OutputNames);
        Assert.Equal("city: left out. It holds texts (a category), and only numbers are scaled.", model.On("city").Reason.En);
        Assert.Equal(ColumnUse.Constant, model.On("version").Use);
        Assert.EndsWith("(standard deviation).", model.On("age").Reason.En);
        var prepared = model.Transform(Customers);
        for (var column = 0; column < prepared.Columns; column++)
        {
            var values = Enumerable.Range(0, prepared.Rows).Select(row => prepared[row, column]).ToArray();
            Assert.Equal(0, values.Average(), 1e-9);
            Assert.Equal(1, values.Average(value => value * value), 1e-9);
        }
    }

    [Fact]
    public void Prepared_by_none_numbers_stay_as_they_are_constants_and_ids_too()
    {
        var rows = Matrix.FromRows([[3.0, 7, 1], [2, 7, 0], [1, 7, 1]]);
        var model = TablePreparation.Fit(Table.Of(rows, ["id", "x", "flag"]), new PreparationOptions { Mode = PrepareMode.None });
        Assert.Equal(rows.Values, model.Transform(rows).Values);
        Assert.Equal("x : une mesure. Prise telle quelle.", model.On("x").Reason.Fr);
        Assert.Equal([1.5, -2], TablePreparation.Fit(new Table([TextColumn.FromCells("x", ["1.5", "-2"])]), new PreparationOptions { Mode = PrepareMode.None }).Transform(new Table([TextColumn.FromCells("x", ["1.5", "-2"])])).Values.ToArray());
    }

    [Fact]
    public void Prepared_by_none_texts_and_missing_values_are_refused_with_place_and_cure()
    {
        var none = new PreparationOptions { Mode = PrepareMode.None };
        var city = Assert.Throws<ArgumentException>(() => TablePreparation.Fit(new Table([new NumericColumn("x", [1, 2]), TextColumn.FromCells("city", [null, "Lyon"])]), none)).Message;
        Assert.Equal("Row 1, column 1 (\"city\"; both counted from 0) holds \"Lyon\", and without preparation every column must hold numbers. Leave the column out, or prepare by auto (which uses categories) or scale (which leaves them out).", city);
        var missing = Assert.Throws<ArgumentException>(() => TablePreparation.Fit(new Table([new NumericColumn("x", [1, 2, double.NaN])]), none)).Message;
        Assert.Equal("Row 2, column 0 (\"x\"; both counted from 0) holds no value, and nothing is prepared that could fill it. Fill it, leave the row out, or prepare by scale or auto.", missing);
        var model = TablePreparation.Fit(new Table([new NumericColumn("x", [1, 2])]), none);
        Assert.Contains("Row 0, column 0", Assert.Throws<ArgumentException>(() => model.Transform(new Table([new NumericColumn("x", [double.NaN])]))).Message);
    }

    [Fact]
    public void Components_hold_the_share_of_the_variance_that_was_asked_for()
    {
        var model = TablePreparation.Fit(Customers, new PreparationOptions { PrincipalShare = 0.8 });
        Assert.True(model.ComponentShares.Sum() >= 0.8 && model.ComponentShares.SkipLast(1).Sum() < 0.8);
        Assert.Equal("component 1", model.OutputNames[0]);
        Assert.All(model.Outputs, output => Assert.Equal(OutputPart.Component, output.Part));
        var prepared = model.TransformForFitting(Customers);
        Assert.Equal(model.ComponentShares.Count, prepared.Columns);
        for (var component = 0; component < prepared.Columns; component++)
            Assert.Equal(0, Enumerable.Range(0, prepared.Rows).Average(row => prepared[row, component]), 1e-9);
        var full = Model.TransformForFitting(Customers);
        Assert.Equal(full.Columns, model.ComponentWeights!.Columns);
    }

    [Fact]
    public void When_nothing_remains_the_error_says_why()
    {
        var model = TablePreparation.Fit(new Table([new NumericColumn("spend", [1, 1])]));
        Assert.Contains("spend: left out", Assert.Throws<InvalidOperationException>(() => model.Transform(new Table([new NumericColumn("spend", [1])]))).Message);
    }

    [Fact]
    public void Astronomically_large_columns_stay_finite()
    {
        var rows = Matrix.FromRows([[1e300], [-1e300], [5e299], [1], [2]]);
        var model = TablePreparation.Fit(Table.Of(rows, ["x"]));
        Assert.All(model.Transform(rows).Values.ToArray(), value => Assert.True(double.IsFinite(value)));
        Assert.True(double.IsFinite(TablePreparation.Fit(Table.Of(Matrix.FromRows([[1.0], [2], [3]]), ["x"])).Transform(Matrix.FromRows([[double.MaxValue]]))[0, 0]));
    }

    [Fact]
    public void A_later_value_below_zero_in_a_logarithmic_column_stays_in_order()
    {
        var model = TablePreparation.Fit(new Table([new NumericColumn("spend", [.. Some.Normal(500, 1).Values.ToArray().Select(value => Math.Exp(2 + value))])]));
        Assert.Contains("log(1 + x)", model.Report[0].Reason.En);
        var prepared = model.Transform(new Table([new NumericColumn("spend", [-5, -1, -0.5, 0, 0.5, 1, 5])])).Values.ToArray();
        Assert.Equal(prepared.Order(), prepared);
    }

    [Fact]
    public void Tables_that_make_no_sense_are_refused()
    {
        Assert.Contains("\"b\" has 1 rows, \"a\" has 2", Assert.Throws<ArgumentException>(() => new Table([new NumericColumn("a", [1, 2]), new NumericColumn("b", [1])])).Message);
        Assert.Contains("Two columns are named \"a\"", Assert.Throws<ArgumentException>(() => new Table([new NumericColumn("a", [1]), new NumericColumn("a", [1])])).Message);
        Assert.Contains("no columns", Assert.Throws<ArgumentException>(() => new Table([])).Message);
        Assert.Contains("1 names for 2 columns", Assert.Throws<ArgumentException>(() => Table.Of(Some.Normal(3, 2), ["a"])).Message);
        Assert.Contains("Row 1 (counted from 0) of column \"t\" has the code 2", Assert.Throws<ArgumentException>(() => new TextColumn("t", [0, 2], ["x", "y"])).Message);
        Assert.Contains("not all different", Assert.Throws<ArgumentException>(() => new TextColumn("t", [0], ["x", "x"])).Message);
    }

    private static int Place(string output) => Model.OutputNames.ToList().IndexOf(output);

    private static int NaNRow(string column) => Array.FindIndex(((NumericColumn)Customers.Columns.Single(one => one.Name == column)).Values, double.IsNaN);

    private static Table With(string name, Column column) => new([.. Customers.Columns.Select(own => own.Name == name ? column : own)]);
}
