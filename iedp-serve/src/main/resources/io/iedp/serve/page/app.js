// The page to try models on: sends a photograph by the Open Inference Protocol, and draws what comes back.

const $ = id => document.getElementById(id);
const names = ["model", "task", "file", "drop", "examples", "status", "error", "result", "photo", "prediction", "line",
    "slider", "stage", "readout", "legend", "scale", "ramp", "least", "most"];
const ui = Object.fromEntries(names.map(name => [name, $(name)]));

const state = {token: "", tasks: [], file: null, name: "", values: {}, width: 0, height: 0, chosen: null, shown: null, abort: null};

async function ask(path, options = {}) {
    const headers = {...options.headers};
    if (state.token) {
        headers.Authorization = `Bearer ${state.token}`;
    }
    const response = await fetch(path, {...options, headers});
    if (response.ok) {
        return response;
    }
    if (response.status === 401) {
        $("token-form").hidden = false;
        $("token").focus();
    }
    let message = `The server answered ${response.status}.`;
    try {
        const body = await response.json();
        message = `${body.error} (request ${body.id})`;
    } catch {
        // It was no answer of ours.
    }
    throw new Error(message);
}

function fail(error) {
    if (error.name === "AbortError") {
        return;
    }
    ui.status.textContent = "";
    ui.error.textContent = error.message;
    ui.error.hidden = false;
}

/** Tensors of the protocol behind their JSON. */
async function tensors(response) {
    const bytes = await response.arrayBuffer();
    const length = Number(response.headers.get("Inference-Header-Content-Length"));
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 0, length)));
    const types = {UINT8: Uint8Array, INT32: Int32Array, FP32: Float32Array};
    let at = length;
    return header.outputs.map(output => {
        const size = output.parameters.binary_data_size;
        const values = new types[output.datatype](bytes.slice(at, at + size));
        at += size;
        return {...output, values};
    });
}

async function predict() {
    if (!state.file || !state.tasks.length) {
        return;
    }
    state.abort?.abort();
    state.abort = new AbortController();
    ui.error.hidden = true;
    ui.status.textContent = `Predicting ${state.name} ...`;
    const started = performance.now();
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, state.file.size, true);
    const header = new TextEncoder().encode(JSON.stringify({
        inputs: [{name: "image", shape: [1], datatype: "BYTES", parameters: {binary_data_size: 4 + state.file.size}}],
        outputs: state.tasks.map(task => ({name: task.name, parameters: {binary_data: true}})),
    }));
    try {
        const signal = state.abort.signal;
        const response = await ask(`v2/models/${ui.model.value}/infer`, {
            method: "POST",
            signal,
            headers: {"Content-Type": "application/octet-stream", "Inference-Header-Content-Length": header.length},
            body: new Blob([header, size, state.file]),
        });
        const outputs = await tensors(response);
        const seconds = ((performance.now() - started) / 1000).toFixed(2);
        const photo = await createImageBitmap(state.file).catch(() => null);
        if (signal.aborted) {
            return;
        }
        state.values = Object.fromEntries(outputs.map(output => [output.name, output]));
        const shape = outputs[0].shape;
        [state.height, state.width] = shape.slice(-2);
        for (const canvas of [ui.photo, ui.prediction]) {
            canvas.width = state.width;
            canvas.height = state.height;
        }
        if (photo) {
            ui.photo.getContext("2d").drawImage(photo, 0, 0, state.width, state.height);
        }
        ui.status.textContent = `${state.name}: ${state.width} × ${state.height} pixels, ${seconds} s`
            + (photo ? "" : "; this browser cannot show the photograph itself");
        ui.result.hidden = false;
        show();
    } catch (error) {
        fail(error);
    }
}

const task = () => state.tasks.find(each => each.name === ui.task.value) ?? state.tasks[0];
const hasClasses = which => Boolean(which.parameters.classes);
const rgb = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));

/** Turbo (A. Mikhailov, 2019), by its polynomial approximation; x from 0 to 1. */
function turbo(x) {
    const powers = [1, x, x ** 2, x ** 3, x ** 4, x ** 5];
    const channels = [
        [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943],
        [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604],
        [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973],
    ];
    return channels.map(channel => {
        const value = channel.reduce((sum, factor, i) => sum + factor * powers[i], 0);
        return Math.round(255 * Math.min(1, Math.max(0, value)));
    });
}

function range(values) {
    let least = Infinity;
    let most = -Infinity;
    for (const value of values) {
        if (Number.isFinite(value) && value !== 0) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
    }
    return least <= most ? [least, most] : [0, 0];
}

/** Draws the chosen task, and makes its legend or scale. */
function show() {
    const which = task();
    state.chosen = null;
    state.shown = null;
    $("legend-title").textContent = which.parameters.quantity || which.name;
    $("save-values").textContent = hasClasses(which) ? "Labels (PNG)" : which.parameters.quantity === "depth" ? "Depth, 16 bit (PNG)" : "Values (PNG)";
    ui.legend.replaceChildren();
    ui.scale.hidden = hasClasses(which);
    ui.readout.textContent = "";
    if (hasClasses(which)) {
        legend(which);
    } else {
        const [least, most] = range(plane(which));
        ui.least.textContent = amount(least, which);
        ui.most.textContent = amount(most, which);
        const ramp = ui.ramp.getContext("2d");
        for (let x = 0; x < 256; x++) {
            ramp.fillStyle = `rgb(${turbo(x / 255)})`;
            ramp.fillRect(x, 0, 1, 1);
        }
    }
    paint();
    slide();
}

const amount = (value, which) => `${Number(value.toFixed(2))} ${which.parameters.unit}`.trim();

/** The first channel of a task that may have several. */
const plane = which => state.values[which.name].values.subarray(0, state.width * state.height);

function legend(which) {
    const values = plane(which);
    const counts = new Map();
    for (const value of values) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const classes = which.parameters.classes.filter(each => counts.has(each.index));
    classes.sort((a, b) => counts.get(b.index) - counts.get(a.index));
    for (const each of classes) {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("aria-pressed", "false");
        const swatch = document.createElement("span");
        swatch.className = "swatch";
        swatch.style.background = each.color;
        const name = document.createElement("span");
        name.textContent = each.name;
        const share = document.createElement("span");
        share.className = "share";
        share.textContent = `${(100 * counts.get(each.index) / values.length).toFixed(1)} %`;
        button.append(swatch, name, share);
        button.addEventListener("pointerenter", () => alone(each.index));
        button.addEventListener("pointerleave", () => alone(state.chosen));
        button.addEventListener("focus", () => alone(each.index));
        button.addEventListener("blur", () => alone(state.chosen));
        button.addEventListener("click", () => {
            const before = state.chosen === each.index;
            ui.legend.querySelectorAll("button").forEach(other => other.setAttribute("aria-pressed", "false"));
            state.chosen = before ? null : each.index;
            button.setAttribute("aria-pressed", String(!before));
            alone(state.chosen);
        });
        const item = document.createElement("li");
        item.append(button);
        ui.legend.append(item);
    }
}

/** Shows one class, or all for null. */
function alone(index) {
    if (state.shown !== index) {
        state.shown = index;
        paint();
    }
}

function paint() {
    const which = task();
    const values = plane(which);
    const context = ui.prediction.getContext("2d");
    const image = context.createImageData(state.width, state.height);
    const pixels = image.data;
    if (hasClasses(which)) {
        const colors = new Map(which.parameters.classes.map(each => [each.index, rgb(each.color)]));
        for (let i = 0; i < values.length; i++) {
            const color = colors.get(values[i]);
            const hidden = !color || (state.shown !== null && values[i] !== state.shown);
            pixels.set(hidden ? [0, 0, 0, color ? 170 : 0] : [...color, 255], 4 * i);
        }
    } else {
        const [least, most] = range(values);
        const table = Array.from({length: 256}, (_, i) => turbo(i / 255));
        for (let i = 0; i < values.length; i++) {
            const at = most > least ? Math.round(255 * (values[i] - least) / (most - least)) : 0;
            pixels.set(Number.isFinite(values[i]) && values[i] !== 0 ? [...table[Math.min(255, Math.max(0, at))], 255] : [0, 0, 0, 0], 4 * i);
        }
    }
    context.putImageData(image, 0, 0);
}

function slide() {
    const at = `${ui.slider.value}%`;
    ui.prediction.style.clipPath = `inset(0 0 0 ${at})`;
    ui.line.style.left = at;
}

function readout(event) {
    const box = ui.stage.getBoundingClientRect();
    const x = Math.floor((event.clientX - box.left) / box.width * state.width);
    const y = Math.floor((event.clientY - box.top) / box.height * state.height);
    if (x < 0 || y < 0 || x >= state.width || y >= state.height) {
        return;
    }
    const which = task();
    const value = plane(which)[y * state.width + x];
    const said = hasClasses(which)
        ? which.parameters.classes.find(each => each.index === value)?.name ?? "nothing"
        : amount(value, which);
    ui.readout.textContent = `${said} at ${x}, ${y}`;
}

async function save(query, accept, ending) {
    const which = task();
    ui.error.hidden = true;
    try {
        const response = await ask(`predictions/${ui.model.value}?task=${encodeURIComponent(which.name)}&${query}`, {
            method: "POST",
            headers: {Accept: accept, "Content-Type": "application/octet-stream"},
            body: state.file,
        });
        const link = document.createElement("a");
        link.href = URL.createObjectURL(await response.blob());
        link.download = `${state.name.replace(/\.[^.]*$/, "")}-${which.name}${ending}`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (error) {
        fail(error);
    }
}

function take(file, name) {
    state.file = file;
    state.name = name;
    predict();
}

async function chooseModel() {
    ui.error.hidden = true;
    const metadata = await (await ask(`v2/models/${ui.model.value}`)).json();
    state.tasks = metadata.outputs.filter(output => output.parameters);
    ui.task.replaceChildren(...state.tasks.map(each => new Option(each.name, each.name)));
    $("task-choice").hidden = state.tasks.length < 2;
    await predict();
}

async function begin() {
    const server = await (await ask("v2")).json();
    ui.model.replaceChildren(...server.models.map(name => new Option(name, name)));
    if (!server.models.length) {
        ui.status.textContent = "The models are not open yet ...";
        setTimeout(() => begin().catch(fail), 1000);
        return;
    }
    ui.status.textContent = "";
    await chooseModel();
}

async function examples() {
    for (const name of await (await ask("examples")).json()) {
        const path = `examples/${encodeURIComponent(name)}`;
        const picture = document.createElement("img");
        picture.src = path;
        picture.alt = `Example ${name}`;
        const button = document.createElement("button");
        button.type = "button";
        button.append(picture);
        button.addEventListener("click", async () => {
            try {
                take(await (await ask(path)).blob(), name);
            } catch (error) {
                fail(error);
            }
        });
        ui.examples.append(button);
    }
}

ui.file.addEventListener("change", () => ui.file.files.length && take(ui.file.files[0], ui.file.files[0].name));
for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, event => {
        event.preventDefault();
        ui.drop.classList.toggle("over", over);
        const file = name === "drop" ? event.dataTransfer?.files[0] : null;
        if (file) {
            take(file, file.name);
        }
    });
}
document.addEventListener("paste", event => {
    const file = event.clipboardData?.files[0];
    if (file) {
        take(file, file.name);
    }
});
ui.slider.addEventListener("input", slide);
ui.stage.addEventListener("pointermove", readout);
ui.model.addEventListener("change", () => chooseModel().catch(fail));
ui.task.addEventListener("change", show);
$("save-overlay").addEventListener("click", () => save("view=overlay", "image/png", "-overlay.png"));
$("save-values").addEventListener("click", () => save("view=values", "image/png", ".png"));
$("save-json").addEventListener("click", () => save("values=true", "application/json", ".json"));
$("token-form").addEventListener("submit", event => {
    event.preventDefault();
    state.token = $("token").value;
    $("token-form").hidden = true;
    ui.error.hidden = true;
    begin().catch(fail);
});

examples().catch(fail);
begin().catch(fail);
