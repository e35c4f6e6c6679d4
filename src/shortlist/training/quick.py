"""Layers that learn, computed in fewer passes over memory: the same terms and gradients.

On a CPU, most of a step with stock layers goes into drawing dropout one number at a time, into
attention that falls back on a slow path when it has dropout, and into turning frozen weights into
bfloat16 for every product. None of that is arithmetic that anybody asked for.
"""

from typing import Any, cast

import torch
from peft.tuners.lora import Linear as LoraLinear
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

ATTENTION = "shortlist"
"""What `transformers` calls this attention."""

_STEPS = 2**14
"""Rates of dropout are whole numbers of these shares."""
_INTEGERS = {2: torch.int16, 4: torch.int32}


def quicken(backbone: Any) -> None:
    """Let the layers of a transformer compute quickly, in place. Weights stay as they are."""
    for module in backbone.modules():
        if type(module) is nn.Dropout:
            module.__class__ = Dropout
        elif type(module) is LoraLinear and _is_plain(module):
            module.__class__ = Low
    inner = backbone.get_base_model() if hasattr(backbone, "get_base_model") else backbone
    if getattr(inner.config, "_attn_implementation", "") == "sdpa":
        inner.set_attn_implementation(ATTENTION)


def dropped(value: Tensor, rate: float) -> Tensor:
    """Return a value with a share of its numbers set to 0 and the others scaled up to its mean.

    Sixteen random bits decide about each number, where torch draws a float for each: the share is
    exact to 1 in 16,384. All come from torch's generator.
    """
    steps = round(rate * _STEPS)
    if not steps:
        return value
    result: Tensor = _Drop.apply(value, steps)
    return result


class Dropout(nn.Dropout):
    """Dropout, drawn in bulk on a CPU."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the input with dropout, in training."""
        if not self.training or not self.p or input.device.type != "cpu":
            return super().forward(input)
        return dropped(input, self.p)


class Low(LoraLinear):
    """A frozen linear layer with a low-rank addition: x W' + b + s (x A') B'.

    Two matrix products less than layer and addition one after the other, and weights that are
    frozen are turned into another precision once.
    """

    _other: tuple[int, Tensor, Tensor | None] | None

    def forward(self, x: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        """Return what the layer of PEFT returns."""
        if self.merged or self.disable_adapters or args or kwargs:
            return cast(Tensor, super().forward(x, *args, **kwargs))
        (name,) = self.active_adapters
        kind = x.device.type
        dtype = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype
        weight, bias = self._frozen(dtype)
        down, up = self.lora_A[name].weight, self.lora_B[name].weight * self.scaling[name]
        found: Tensor = _LowRank.apply(x.to(dtype), weight, bias, down, up)
        return found

    def _frozen(self, dtype: torch.dtype) -> tuple[Tensor, Tensor | None]:
        weight, bias = self.base_layer.weight, self.base_layer.bias
        if weight.dtype == dtype:
            return weight, bias
        kept = getattr(self, "_other", None)
        if kept is None or kept[0] != weight._version or kept[1].dtype != dtype:
            with torch.inference_mode(False), torch.no_grad():
                other = None if bias is None else bias.to(dtype)
                kept = self._other = weight._version, weight.to(dtype), other
        return kept[1:]


def attention(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    **more: Any,
) -> tuple[Tensor, Tensor | None]:
    """Return what each token reads [batch, length, heads, width]; see `transformers`' interface.

    Only attention with dropout on a CPU is computed here: torch's own has no quick path for that.
    """
    rate = more.get("dropout", 0.0)
    odd = more.get("position_bias") is not None or more.get("is_causal")
    if not rate or odd or query.device.type != "cpu" or query.shape[1] != key.shape[1]:
        found: tuple[Tensor, Tensor | None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, **more
        )
        return found
    scores = (query * (more.get("scaling") or query.shape[-1] ** -0.5)) @ key.transpose(2, 3)
    if attention_mask is not None:
        scores = scores + _penalty(attention_mask, scores.dtype)
    share = scores.softmax(-1, dtype=torch.float32).to(value.dtype)
    return (dropped(share, rate) @ value).transpose(1, 2).contiguous(), None


def _penalty(mask: Tensor, dtype: torch.dtype) -> Tensor:
    if mask.dtype != torch.bool:
        return mask
    return torch.zeros(mask.shape, dtype=dtype).masked_fill(~mask, torch.finfo(dtype).min)


def _is_plain(module: LoraLinear) -> bool:
    """Return whether a layer has one adapter without dropout, variants and bias of its own."""
    if len(module.lora_A) != 1 or module.lora_variant or module.fan_in_fan_out:
        return False
    (name,) = module.lora_A
    linear = type(module.base_layer) is nn.Linear
    frozen = not any(weights.requires_grad for weights in module.base_layer.parameters())
    quiet = isinstance(module.lora_dropout[name], nn.Identity)
    return linear and frozen and quiet and module.lora_B[name].bias is None


class _Drop(torch.autograd.Function):
    """Sets numbers to 0 by a logical "and" with 0 or with ones all over."""

    @staticmethod
    def forward(ctx: Any, value: Tensor, steps: int) -> Tensor:
        count = value.numel()
        words = torch.empty((count + 3) // 4, dtype=torch.int64).random_(-(2**63), None)
        bits = words.view(torch.int16)[:count].view(value.shape)
        # From -2^14 to 2^14 - 1; after the subtraction, the `steps` highest of them in `_STEPS`
        # halves are not negative, and their sign fills the word with zeros.
        kept = bits.bitwise_right_shift_(1).sub_(_STEPS - 2 * steps).bitwise_right_shift_(15)
        ctx.scale = 1 / (1 - steps / _STEPS)
        ctx.save_for_backward(kept)
        return _among(value, kept).mul_(ctx.scale)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (kept,) = ctx.saved_tensors
        return _among(gradient.contiguous(), kept).mul_(ctx.scale), None


def _among(value: Tensor, kept: Tensor) -> Tensor:
    integers = _INTEGERS[value.element_size()]
    return value.contiguous().view(integers).bitwise_and(kept.to(integers)).view(value.dtype)


class _LowRank(torch.autograd.Function):
    """The product of `Low`, and its gradients; the frozen weight has none."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, down: Tensor, up: Tensor
    ) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        low, high = down.to(x.dtype), up.to(x.dtype)
        narrow = rows @ low.T
        ctx.save_for_backward(rows, weight, low, high, narrow)
        found = torch.nn.functional.linear(rows, weight, bias).addmm_(narrow, high.T)
        return found.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        rows, weight, low, high, narrow = ctx.saved_tensors
        out = gradient.reshape(-1, gradient.shape[-1])
        inner = out @ high
        to_x = None
        if ctx.needs_input_grad[0]:
            to_x = (out @ weight).addmm_(inner, low).view(*gradient.shape[:-1], -1)
        return to_x, None, None, (inner.T @ rows).float(), (out.T @ narrow).float()


AttentionInterface.register(ATTENTION, attention)
AttentionMaskInterface.register(ATTENTION, sdpa_mask)
